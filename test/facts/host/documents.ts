import type { DirectoryDocument, FileDocument, LinkDocument, UnreadableDocument } from '../../../src/model/document.ts';

/** Short ways to say what a host has. */
export const file = (origin: string, text: string): FileDocument => ({ kind: 'file', origin, text });

export const link = (origin: string, text: string): LinkDocument => ({ kind: 'link', origin, text });

export const directory = (origin: string, uid = 0): DirectoryDocument => ({
  kind: 'directory',
  origin,
  mode: 0o755,
  uid,
  gid: uid,
});

export const unreadable = (origin: string): UnreadableDocument => ({
  kind: 'unreadable',
  origin,
  text: `${origin}: permission denied`,
  reason: 'denied',
});
