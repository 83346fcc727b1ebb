import { gunzipSync } from 'node:zlib';

/** No file that is read comes near this; what unpacks to more is refused. */
const maxBytes = 1 << 30;

/** The text of a file's bytes, packed by gzip or not. @throws Error where they are broken or too many */
export const unpacked = (bytes: Buffer): string => {
  const packed = bytes[0] === 0x1f && bytes[1] === 0x8b;
  return (packed ? gunzipSync(bytes, { maxOutputLength: maxBytes }) : bytes).toString('utf8');
};
