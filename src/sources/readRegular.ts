import { readFileSync, statSync } from 'node:fs';
import { otherKind } from '../model/fileKind.ts';

/**
 * A file's bytes, unless to read it might never end (fifo(7)).
 *
 * @throws an error whose `code` says why not, as node:fs's do: ENOENT, or "a pipe"
 */
export const readRegular = (path: string): Buffer => {
  // /dev/null ends at once, and who names it means nothing.
  const kind = path === '/dev/null' ? undefined : otherKind(statSync(path));
  if (kind !== undefined) throw Object.assign(new Error(`${path} is ${kind}`), { code: kind });
  return readFileSync(path);
};
