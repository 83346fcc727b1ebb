/** As node:fs's `Stats` tells it. */
interface Kinds {
  isFile(): boolean;
  isDirectory(): boolean;
  isFIFO(): boolean;
  isSocket(): boolean;
}

/** What something is that is no regular file, links followed; undefined for one. To read anything else may never end. */
export const otherKind = (stat: Kinds): string | undefined => {
  if (stat.isFile()) return undefined;
  if (stat.isDirectory()) return 'a folder';
  return stat.isFIFO() ? 'a pipe' : stat.isSocket() ? 'a socket' : 'a device';
};
