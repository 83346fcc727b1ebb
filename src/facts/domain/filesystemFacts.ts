import { posix } from 'node:path';
import type { JsonObject } from '../../model/json.ts';
import { valueAt } from '../../model/pointer.ts';
import type { Unknown } from '../../model/subject.ts';
import type { HostTree } from '../host/hostTree.ts';
import type { Learnt } from '../host/learnt.ts';
import { unreadableAs } from '../host/unreadable.ts';
import type { ParsedDomain } from './parsedDomain.ts';

/** The directory that each `<filesystem>` shares, in their order; undefined for one of another kind. */
const sharedDirectories = ({ domain }: ParsedDomain): (string | undefined)[] => {
  const found = domain === undefined ? undefined : valueAt(domain, '/devices/filesystem');
  return (Array.isArray(found) ? (found as readonly JsonObject[]) : []).map((filesystem) => {
    const path = valueAt(filesystem, '/source/@dir');
    return typeof path === 'string' && path.startsWith('/') ? path : undefined;
  });
};

/** Directories that domains share with their guests. */
export const filesystemPaths = (parsed: ParsedDomain): string[] =>
  sharedDirectories(parsed).flatMap((path) => path ?? []);

const tidy = (path: string): string => posix.normalize(path).replace(/(?<=.)\/$/, '');

/**
 * `filesystems`: the directory that each shares (formatdomain, "Filesystems"), without `.` and `..`, and where links lead
 * elsewhere, where that is.
 */
export const filesystemFacts = (parsed: ParsedDomain, tree: HostTree): Learnt => {
  const unknown: Unknown[] = [];
  const filesystems = sharedDirectories(parsed).map((named, index): JsonObject => {
    if (named === undefined) return {};
    unknown.push(...unreadableAs(tree, [named], `/filesystems/${index}/realpath`));
    const [path, realpath] = [tidy(named), tree.realpath(named)];
    return { path, ...(path === realpath ? {} : { realpath }) };
  });
  return { facts: { filesystems }, unknown };
};
