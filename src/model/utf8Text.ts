import { InputError } from './inputError.ts';

const lineFeed = 0x0a;

const decoded = (bytes: Uint8Array): string | undefined => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
};

/** The line (from 1) of the first byte that is no UTF-8: no character's bytes hold a line feed, so lines stand alone. */
const wrongLine = (bytes: Uint8Array): number => {
  for (let line = 1, start = 0; ; line += 1) {
    const end = bytes.indexOf(lineFeed, start);
    if (end === -1 || decoded(bytes.subarray(start, end)) === undefined) return line;
    start = end + 1;
  }
};

/**
 * The text of a file that the operator has written, without its byte order mark. A byte that is no UTF-8 must not silently
 * become another character: a pattern with it would match nothing.
 *
 * @throws InputError with path and line
 */
export const utf8Text = (path: string, bytes: Uint8Array): string => {
  const text = decoded(bytes);
  if (text === undefined) throw new InputError(`${path}:${wrongLine(bytes)}: not UTF-8; save the file as UTF-8`);
  return text;
};
