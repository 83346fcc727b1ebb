import { promisify } from 'node:util';
import { constants, crc32, deflateRaw } from 'node:zlib';

/** A text and the form in which gzip takes it. */
export interface Part {
  plain: Buffer;
  /** Deflate blocks (RFC 1951) that end at a byte's border, none of them marked as the last. */
  deflated: Buffer;
  /** CRC-32 of `plain` alone. */
  crc: number;
}

/** Of an empty buffer zlib is given none at all, for which its sum is 0 whatever came before. */
const crcOf = (plain: Buffer, before: number): number => (plain.length === 0 ? before : crc32(plain, before));

const deflate = promisify<Buffer, { level: number; finishFlush: number }, Buffer>(deflateRaw);

/** A text that is sent many times. Compresses off the main thread; what repeats is far apart only in large pages, which level 1 finds as well. */
export const createPart = async (text: string): Promise<Part> => {
  const plain = Buffer.from(text);
  return {
    plain,
    deflated: await deflate(plain, { level: 1, finishFlush: constants.Z_FULL_FLUSH }),
    crc: crcOf(plain, 0),
  };
};

/** The most bytes in a stored block (RFC 1951, section 3.2.4). */
const mostStored = 0xffff;

const storedBlock = (bytes: Buffer): Buffer[] => {
  const head = Buffer.alloc(5);
  head.writeUInt16LE(bytes.length, 1);
  head.writeUInt16LE(bytes.length ^ 0xffff, 3);
  return [head, bytes];
};

/** A text that is sent once, uncompressed: to compress a few KiB takes longer than to send them. */
export const storedPart = (text: string): Part => {
  const plain = Buffer.from(text);
  const starts = Array.from({ length: Math.ceil(plain.length / mostStored) }, (_, index) => index * mostStored);
  return {
    plain,
    deflated: Buffer.concat(starts.flatMap((at) => storedBlock(plain.subarray(at, at + mostStored)))),
    crc: crcOf(plain, 0),
  };
};

/** RFC 1952: magic, deflate, no flags, no time, no extra flags, unknown system. */
const header = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]);

/** An empty block that is the last. */
const end = Buffer.from([3, 0]);

/**
 * All parts as one gzip member (RFC 1952). Members one after another would be as valid, but not every client reads past
 * the first. What is sent many times is not copied.
 */
export const gzipParts = (parts: readonly Part[]): Buffer[] => {
  const trailer = Buffer.alloc(8);
  // The first is the large one, a megabyte of metrics, which is not gone through again for each scrape.
  trailer.writeUInt32LE(parts.reduce((sum, { plain, crc }, index) => (index === 0 ? crc : crcOf(plain, sum)), 0));
  trailer.writeUInt32LE(parts.reduce((size, { plain }) => size + plain.length, 0) % 2 ** 32, 4);
  return [header, ...parts.map(({ deflated }) => deflated), end, trailer];
};
