import { isUtf8 } from 'node:buffer';
import { lstatSync, readdirSync, readlinkSync, type Stats } from 'node:fs';
import { posix } from 'node:path';
import type { HostDocument } from '../../model/document.ts';
import { covers } from './covers.ts';
import { fault } from './fault.ts';
import { FileCache } from './fileCache.ts';
import { readTail } from './readBytes.ts';

/** Links that lead in a circle end as on Linux (path_resolution(7)). */
const maxLinks = 40;

/** No file that is read comes near this. */
const maxBytes = 16 * 1024 * 1024;

/** A path's component in the directory that the path before it leads to. */
const inside = (directory: string, component: string): string =>
  component.startsWith('.') || directory === '/' ? posix.join(directory, component) : `${directory}/${component}`;

/** Reads below one root as if it were `/`: a link, absolute or with `..`, never leads out of it. */
export interface RootReader {
  /** Looks at a path: documents for the links on the way and for what it is; a file's content too. */
  look(path: string): void;
  /** The same, but of a file only that it is there: its document is empty. For images and programs. */
  note(path: string): void;
  /**
   * The same, but the document has what `draw` makes of the file's first bytes, up to `until` as of `readBytes`. For files as
   * large as a guest's memory.
   */
  head(path: string, bytes: number, draw: (text: string) => string, until?: RegExp): void;
  /**
   * The same of a disk image, at whatever path somebody has named: nothing is opened that has no bytes on a disk, since a
   * file of proc(5) may never end, or have less in it once it was read.
   *
   * @param draw must be the same at each call for one path
   * @param failed what the document has of an image that can't be opened, given the reason: it is there all the same
   * @returns the document's text, empty where nothing was drawn; undefined where there is no such file
   */
  image(
    path: string,
    bytes: number,
    draw: (text: string) => string,
    failed: (why: string) => string,
  ): string | undefined;
  /** The same of its last bytes. For logs. */
  tail(path: string, bytes: number, draw: (text: string) => string): void;
  /** A link's target, not followed: what it leads to may be large, gone, or not be read. */
  link(path: string): void;
  /**
   * The names in a directory, sorted; empty when there is none. What can't be listed gives a document, and so does a
   * name that is no UTF-8, since nothing can be asked for by it.
   */
  names(path: string): readonly string[];
  /** The path without links of what is there, without a document; undefined when there is nothing. */
  realpath(path: string): string | undefined;
  /**
   * A file's bytes, or what `draw` makes of them, without a document; undefined when there is none, it can't be read,
   * or it is too large.
   */
  peek(path: string, draw?: (text: string) => string): string | undefined;
}

/**
 * A reader of the host whose file system is at `root`. Synchronous on purpose: asynchronous file calls need the very
 * threads that a hung libvirt call occupies.
 *
 * @param emit takes every document once
 * @param files what is known of files from the last time
 * @param covered places that something hides from this process, with the reason; what is there is unknown
 */
export const createRootReader = (
  root: string,
  emit: (document: HostDocument) => void,
  files: FileCache = new FileCache(),
  covered: ReadonlyMap<string, string> = /^\/+$/.test(root) ? covers() : new Map(),
): RootReader => {
  const seen = new Map<string, 'directory' | 'link' | 'file' | 'none'>();
  const targets = new Map<string, string>();
  const drawn = new Map<string, string>();

  /** Where a path without links, `.` and `..` is on this machine. */
  const top = root.replace(/\/+$/, '');
  const realOf = (path: string): string => `${top}${path}`;

  const fileOf = (path: string, text: string, { mode, uid, gid }: Stats): HostDocument => ({
    kind: 'file',
    origin: path,
    text,
    mode: mode & 0o7777,
    uid,
    gid,
  });

  const readFile = (path: string, real: string, stat: Stats): HostDocument =>
    stat.size > maxBytes
      ? {
          kind: 'unreadable',
          origin: path,
          text: `${path}: ${stat.size} bytes, more than ${maxBytes}`,
          reason: 'error',
        }
      : fileOf(path, files.read(real, stat), stat);

  const visit = (
    path: string,
    content: boolean | ((real: string, stat: Stats) => string) = true,
  ): 'directory' | 'link' | 'file' | 'none' => {
    const known = seen.get(path);
    if (known !== undefined) return known;
    const real = realOf(path);
    let kind: 'directory' | 'link' | 'file' | 'none' = 'none';
    const cover = covered.get(path);
    try {
      // Thousands of images may be missing: an error for each would cost more than all the rest.
      const stat = cover === undefined ? lstatSync(real, { throwIfNoEntry: false }) : undefined;
      if (stat === undefined) {
        if (cover !== undefined) emit({ kind: 'unreadable', origin: path, text: cover, reason: 'denied' });
      } else if (stat.isSymbolicLink()) {
        const target = readlinkSync(real);
        targets.set(path, target);
        emit({ kind: 'link', origin: path, text: target });
        kind = 'link';
      } else if (stat.isDirectory()) {
        emit({ kind: 'directory', origin: path, mode: stat.mode & 0o7777, uid: stat.uid, gid: stat.gid });
        kind = 'directory';
      } else if (stat.isFIFO() && content !== false) {
        emit({ kind: 'unreadable', origin: path, text: `${path} is a pipe, not a file`, reason: 'error' });
        kind = 'file';
      } else if (stat.isFile() && content !== false) {
        emit(content === true ? readFile(path, real, stat) : fileOf(path, content(real, stat), stat));
        kind = 'file';
      } else {
        // A device, FIFO or socket: that it exists may matter; to read it might never end.
        emit(fileOf(path, '', stat));
        kind = 'file';
      }
    } catch (error) {
      const unreadable = fault(path, error);
      if (unreadable !== undefined) emit(unreadable);
    }
    seen.set(path, kind);
    return kind;
  };

  const headOf = (path: string, read: () => string, failed: (why: string) => string): string => {
    try {
      return read();
    } catch (error) {
      const unreadable = fault(path, error);
      if (unreadable === undefined) throw error;
      return failed(unreadable.text);
    }
  };

  /** What a path is, without a document. */
  const kindOf = (path: string): 'link' | 'other' | 'none' => {
    if (seen.get(path) === 'directory') return 'other';
    try {
      const stat = lstatSync(realOf(path), { throwIfNoEntry: false });
      if (stat === undefined) return 'none';
      if (!stat.isSymbolicLink()) return 'other';
      targets.set(path, readlinkSync(realOf(path)));
      return 'link';
    } catch {
      return 'none';
    }
  };

  /** Walks `path` component by component and returns the path without links, or undefined when it ends on the way. */
  const walk = (path: string, see: (at: string) => string, links = 0): string | undefined => {
    // Thousands of images are in a few directories: where one was walked to, without a link, is begun at.
    const folder = path.slice(0, path.lastIndexOf('/'));
    const begun = seen.get(folder) === 'directory' ? folder.length : 0;
    let at = path.slice(0, begun) || '/';
    see(at);
    // Not normalized before: `..` leads up from where the links before it have led.
    const components = path.slice(begun).split('/').filter(Boolean);
    for (const [index, component] of components.entries()) {
      at = inside(at, component);
      const kind = see(at);
      if (kind === 'none') return undefined;
      if (kind === 'link') {
        if (links >= maxLinks) return undefined;
        const target = targets.get(at) ?? '/';
        const start = target.startsWith('/') ? '' : posix.dirname(at);
        return walk([start, target, ...components.slice(index + 1)].join('/'), see, links + 1);
      }
    }
    return at;
  };

  /** A directory's names; decoded, a name that is no UTF-8 would be another one, which is not there. */
  const list = (path: string): string[] =>
    readdirSync(realOf(path), { encoding: 'buffer' })
      .filter((name) => {
        if (isUtf8(name)) return true;
        const origin = posix.join(path, name.toString('utf8'));
        emit({ kind: 'unreadable', origin, text: `${origin}: the name is not UTF-8`, reason: 'error' });
        return false;
      })
      .map((name) => name.toString('utf8'))
      .sort();

  return {
    look: (path) => void walk(path, (at) => visit(at)),
    note: (path) => void walk(path, (at) => visit(at, false)),
    head: (path, bytes, draw, until) =>
      void walk(path, (at) => visit(at, (real, stat) => files.read(real, stat, draw, bytes, until))),
    image: (path, bytes, draw, failed) => {
      const found = walk(path, (at) =>
        visit(at, (real, stat) => {
          const text = stat.blocks === 0 ? '' : headOf(at, () => files.read(real, stat, draw, bytes), failed);
          drawn.set(at, text);
          return text;
        }),
      );
      return found === undefined ? undefined : drawn.get(found);
    },
    tail: (path, bytes, draw) => void walk(path, (at) => visit(at, (real) => draw(readTail(real, bytes)))),
    link: (path) => {
      const folder = walk(posix.dirname(path), (at) => visit(at));
      if (folder !== undefined) visit(posix.join(folder, posix.basename(path)), false);
    },
    realpath: (path) => walk(path, kindOf),
    peek: (path, draw) => {
      const found = walk(path, kindOf);
      if (found === undefined) return undefined;
      const real = realOf(found);
      try {
        const stat = lstatSync(real);
        return stat.isFile() && stat.size <= maxBytes ? files.read(real, stat, draw) : undefined;
      } catch {
        return undefined;
      }
    },
    names: (path) => {
      const real = walk(path, (at) => visit(at));
      if (real === undefined || seen.get(real) !== 'directory') return [];
      try {
        return list(real);
      } catch (error) {
        const unreadable = fault(real, error);
        if (unreadable !== undefined) emit(unreadable);
        return [];
      }
    },
  };
};
