import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/** Files of /proc and /sys do not tell their size, and a new buffer for each of thousands is what most time goes into. */
const buffer = Buffer.allocUnsafeSlow(64 * 1024);

/**
 * A file's bytes, or its first ones, one char for each. Synchronous, like all reading of the host.
 *
 * @param until reading ends after the piece that this is in; of proc(5) a piece is what the kernel gives at once, whole lines
 */
export const readBytes = (path: string, most: number = Number.POSITIVE_INFINITY, until?: RegExp): string => {
  const descriptor = openSync(path, 'r');
  try {
    let text = '';
    for (;;) {
      const count = readSync(descriptor, buffer, 0, Math.min(buffer.length, most - text.length), null);
      if (count === 0) return text;
      const piece = buffer.toString('latin1', 0, count);
      text += piece;
      if (until?.test(piece)) return text;
    }
  } finally {
    closeSync(descriptor);
  }
};

/** A file's last bytes, one char for each. */
export const readTail = (path: string, bytes: number): string => {
  const descriptor = openSync(path, 'r');
  try {
    const { size } = fstatSync(descriptor);
    const tail = Buffer.alloc(Math.min(size, bytes));
    const count = readSync(descriptor, tail, 0, tail.length, size - tail.length);
    return tail.toString('latin1', 0, count);
  } finally {
    closeSync(descriptor);
  }
};
