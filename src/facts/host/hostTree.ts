import { posix } from 'node:path';
import type { DirectoryDocument, Document, FileDocument, HostDocument, LinkDocument } from '../../model/document.ts';
import { pathMax } from '../../model/pathMax.ts';

/** What is known of one path, links followed. `undefined`: it does not exist. */
export type Known = FileDocument | { unreadable: string } | undefined;

/** The host's file system as far as the documents tell. Paths are absolute on the host; texts are byte strings. */
export interface HostTree {
  /** The file or directory at a path, links followed. */
  at(path: string): FileDocument | DirectoryDocument | { unreadable: string } | undefined;
  read(path: string): Known;
  /** The directory at a path, links followed. */
  directory(path: string): DirectoryDocument | { unreadable: string } | undefined;
  /** Names of the files and links in a directory; undefined when there is no such directory. */
  list(path: string): readonly string[] | undefined;
  /** The path with its links resolved as far as they are known. */
  realpath(path: string): string;
  /** The link itself, not followed. */
  link(path: string): LinkDocument | undefined;
}

/** Absolute, without a doubled or trailing slash, `.` or `..`. */
const tidy = /^(?:\/(?!\.{0,2}(?:\/|$))[^/]+)+$/;

const mostDirectories = 4096;

/** As on Linux, path_resolution(7). */
const maxLinks = 40;

/** Whether a document tells of the host's file system. */
export const isHostDocument = (document: Document): document is HostDocument =>
  document.kind === 'file' ||
  document.kind === 'link' ||
  document.kind === 'directory' ||
  (document.kind === 'unreadable' && document.domain === undefined);

/** The tree that the host documents among `documents` make up. */
export const createHostTree = (documents: readonly Document[]): HostTree => {
  const nodes = new Map<string, HostDocument>();
  const children = new Map<string, Set<string>>();
  for (const document of documents.filter(isHostDocument)) {
    // No system has it, and a bundle may say anything.
    if (document.origin.length >= pathMax) continue;
    const known = nodes.get(document.origin);
    // A disk may be any file: what was read as what it is stays what it says.
    if (!(known?.kind === 'file' && document.kind === 'file' && known.text !== ''))
      nodes.set(document.origin, document);
    for (let path = document.origin; path !== '/'; path = posix.dirname(path)) {
      const parent = posix.dirname(path);
      const names = children.get(parent) ?? new Set();
      if (names.has(posix.basename(path))) break;
      names.add(posix.basename(path));
      children.set(parent, names);
    }
  }

  /** Whether /proc/1 has anything in it is asked for each path of each domain. */
  const sorted = new Map<ReadonlySet<string>, readonly string[]>();

  const linked = new Set<string>();
  const unreadable = new Map<string, string>();
  for (const node of nodes.values()) {
    if (node.kind === 'link') linked.add(node.origin);
    else if (node.kind === 'unreadable') unreadable.set(node.origin, node.text);
  }

  /** Thousands of images are in a few directories; those made up on the way must not pile up. */
  const realDirectories = new Map<string, boolean>();

  const isRealDirectory = (path: string): boolean => {
    const known = realDirectories.get(path);
    if (known !== undefined) return known;
    const real = path === '' || (!linked.has(path) && isRealDirectory(path.slice(0, path.lastIndexOf('/'))));
    if (realDirectories.size < mostDirectories) realDirectories.set(path, real);
    return real;
  };

  /** Whether a path is already what it leads to: nothing to tidy, and no link on the way. */
  const isReal = (path: string): boolean =>
    tidy.test(path) && !linked.has(path) && isRealDirectory(path.slice(0, path.lastIndexOf('/')));

  const realpath = (path: string, links = 0): string => {
    // A link on the way may make it longer, by no more than that again: a bundle may say anything.
    if (path.length >= (links === 0 ? pathMax : 2 * pathMax) || isReal(path)) return path;
    let at = '/';
    const components = path.split('/').filter(Boolean);
    for (const [index, component] of components.entries()) {
      // `..` leads up from where the links before it have led.
      at = posix.join(at, component);
      const node = nodes.get(at);
      if (node?.kind === 'link' && links < maxLinks) {
        const start = node.text.startsWith('/') ? '' : posix.dirname(at);
        return realpath([start, node.text, ...components.slice(index + 1)].join('/'), links + 1);
      }
    }
    return at;
  };

  /** The unreadable thing at a path or above it. */
  const barrier = (path: string): string | undefined => {
    if (unreadable.size === 0) return undefined;
    for (let at = path; ; at = posix.dirname(at)) {
      const text = unreadable.get(at);
      if (text !== undefined) return text;
      if (at === '/') return undefined;
    }
  };

  const node = (path: string): FileDocument | DirectoryDocument | { unreadable: string } | undefined => {
    if (path.length >= pathMax) return undefined;
    const real = realpath(path);
    const found = nodes.get(real);
    if (found?.kind === 'file' || found?.kind === 'directory') return found;
    const unreadable = barrier(real);
    return unreadable === undefined ? undefined : { unreadable };
  };

  return {
    at: node,
    read: (path) => {
      const found = node(path);
      if (found === undefined || 'unreadable' in found) return found;
      return found.kind === 'file' ? found : undefined;
    },
    directory: (path) => {
      const found = node(path);
      if (found === undefined || 'unreadable' in found) return found;
      return found.kind === 'directory' ? found : undefined;
    },
    list: (path) => {
      const real = realpath(path);
      const names = children.get(real);
      if (names === undefined) return nodes.get(real)?.kind === 'directory' ? [] : undefined;
      const known = sorted.get(names) ?? [...names].sort();
      sorted.set(names, known);
      return known;
    },
    realpath,
    link: (path) => {
      const found = nodes.get(path);
      return found?.kind === 'link' ? found : undefined;
    },
  };
};
