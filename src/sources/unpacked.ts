import { gunzipSync } from 'node:zlib';

/** No file that is read comes near this; what unpacks to more is refused. */
const maxBytes = 1 << 30;

const gunzip = (bytes: Buffer): Buffer => {
  try {
    return gunzipSync(bytes, { maxOutputLength: maxBytes });
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    if (code.startsWith('Z_')) throw new Error('its gzip data is truncated or damaged; copy it again, or make it anew');
    throw new Error(message);
  }
};

/** The text of a file's bytes, packed by gzip or not. @throws Error where they are broken or too many */
export const unpacked = (bytes: Buffer): string => {
  const packed = bytes[0] === 0x1f && bytes[1] === 0x8b;
  // Some editors put a byte order mark before what they save.
  return (packed ? gunzip(bytes) : bytes).toString('utf8').replace(/^\uFEFF/, '');
};
