import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Document, UnreadableReason } from '../model/document.ts';
import { systemFault } from '../model/systemFault.ts';
import { type Source, SourceError } from './collect.ts';

/** libvirt sends no longer string (REMOTE_STRING_MAX of its protocol), so no domain of it; what is larger is refused unread. */
const maxBytes = 4 * 1024 * 1024;

const reasonOf = (error: unknown, path: string): string => {
  if (error instanceof TypeError) return 'is not UTF-8';
  const { code } = error as NodeJS.ErrnoException;
  // Node.js gives such a name with this character in place of each byte, and nothing has that name.
  if (code === 'ENOENT' && path.includes('\uFFFD')) return 'the name of the file is not UTF-8; rename it';
  return systemFault(error);
};

const unreadable = (path: string, text: string, reason: UnreadableReason = 'error'): Document => ({
  kind: 'unreadable',
  origin: path,
  text,
  reason,
  domain: { name: path, uuid: '', definition: 'config' },
});

/** The name of the first element, after declaration and comments; any root but capabilities is left to the parser to judge. */
export const rootElement = (text: string): string | undefined =>
  /^\s*(?:(?:<\?[\s\S]*?\?>|<!--[\s\S]*?-->)\s*)*<([\w:.-]+)/.exec(text)?.[1];

const documentOf = (path: string): Document => {
  try {
    const stat = statSync(path);
    // A FIFO or device might never end, or never begin.
    if (!stat.isFile()) return unreadable(path, 'not a regular file');
    const { size } = stat;
    if (size > maxBytes) return unreadable(path, `${size} bytes, more than the ${maxBytes} that a domain may have`);
    // Fatal: a byte that is no UTF-8 must not silently become another character. A byte order mark is dropped.
    const text = new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path));
    return rootElement(text) === 'capabilities'
      ? { kind: 'capabilities', origin: path, text }
      : { kind: 'domain', origin: path, text, name: path };
  } catch (error) {
    const denied = ['EACCES', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '');
    return unreadable(path, reasonOf(error, path), denied ? 'denied' : 'error');
  }
};

const filesAt = (path: string): string[] => {
  try {
    if (!statSync(path).isDirectory()) return [path];
    const names = readdirSync(path, { withFileTypes: true }).filter((entry) => !entry.isDirectory());
    const files = names.filter(({ name }) => name.endsWith('.xml')).map(({ name }) => join(path, name));
    if (files.length === 0) throw new SourceError(`${path}: no *.xml in this folder, so no domain to audit`);
    return files.sort();
  } catch (error) {
    if (error instanceof SourceError) throw error;
    throw new SourceError(`${path}: ${reasonOf(error, path)}; --domains takes an XML file or a folder of *.xml`);
  }
};

/** Domain XML (and `virsh capabilities` output) from files, and from the *.xml of folders, not recursive. */
export const domainFiles =
  (paths: readonly string[]): Source =>
  (emit) => {
    const reasons: string[] = [];
    for (const path of paths) {
      try {
        for (const file of filesAt(path)) emit(documentOf(file));
      } catch (error) {
        if (!(error instanceof SourceError)) throw error;
        reasons.push(error.message);
      }
    }
    if (reasons.length > 0) throw new SourceError(reasons.join('; '));
  };
