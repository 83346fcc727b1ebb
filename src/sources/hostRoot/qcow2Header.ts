import { isUtf8 } from 'node:buffer';
import { toBytes } from '../../model/bytes.ts';
import type { ImageHeader } from '../../model/imageHeader.ts';
import { backingName } from './backingName.ts';

/** Behind the header, qemu-img writes a few hundred bytes of extensions, and then the backing file's name. */
export const headerBytes = 4096;

const magic = 'QFI\xfb';

/** Header extension with the backing file's format; each is a type, a length, and data padded to 8 bytes. */
const backingFormatExtension = 0xe2792aca;

/** The parts of the header before its extensions, in version 2; in version 3 it tells its own length. */
const versionTwoBytes = 72;
const versionThreeBytes = 104;

const backingFormat = (head: Buffer): string | undefined => {
  const ofThree = head.readUInt32BE(4) >= 3 && head.length >= versionThreeBytes;
  for (let at = ofThree ? head.readUInt32BE(100) : versionTwoBytes; at + 8 <= head.length; ) {
    const [type, length] = [head.readUInt32BE(at), head.readUInt32BE(at + 4)];
    if (type === 0) return undefined;
    if (type === backingFormatExtension) return head.toString('latin1', at + 8, at + 8 + length);
    at += 8 + Math.ceil(length / 8) * 8;
  }
  return undefined;
};

const read = (text: string): ImageHeader => {
  if (!text.startsWith(magic)) return { format: 'other' };
  const head = Buffer.from(text, 'latin1');
  if (head.length < versionTwoBytes) return { format: 'qcow2', why: 'its header is cut short' };
  const [offset, size] = [Number(head.readBigUInt64BE(8)), head.readUInt32BE(16)];
  if (offset === 0 || size === 0) return { format: 'qcow2' };
  if (offset + size > head.length) {
    return { format: 'qcow2', why: `the name of what it lies on is not within its first ${headerBytes} bytes` };
  }
  const bytes = head.subarray(offset, offset + size);
  // Decoded, it would be another name, and nothing has that.
  if (!isUtf8(bytes)) return { format: 'qcow2', why: 'the name of what it lies on is not UTF-8' };
  const name = bytes.toString('utf8');
  if (name.includes('\0')) return { format: 'qcow2', why: 'the name of what it lies on can be none: it has a NUL' };
  const format = backingFormat(head);
  return { format: 'qcow2', ...backingName(name), ...(format === undefined ? {} : { backingFormat: format }) };
};

/** What the first bytes of a disk image say, as a document's text (QEMU's docs/interop/qcow2.rst, "Header"). */
export const qcow2Header = (head: string): string => toBytes(JSON.stringify(read(head)));
