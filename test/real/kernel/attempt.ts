import type { Operation } from './operations.ts';

/** A file access that a confined process tries. Paths are byte strings; a directory's ends in a slash. */
export interface Attempt {
  readonly profile: string;
  readonly operation: Operation;
  /** The user of the process. */
  readonly uid: number;
  /** The user who owns what is there before. */
  readonly owner: number;
  readonly path: string;
  /** Where a file is renamed to, or what a link is made to. */
  readonly other?: string;
}

/** How an attempt ended: by which of its steps it was refused, counted from 1; 0 where none was. */
export type RefusedStep = number;

const hex = (path: string): string => Buffer.from(path, 'latin1').toString('hex');

/** The line that attempt.c reads. */
export const attemptLine = ({ profile, operation, uid, owner, path, other }: Attempt): string =>
  `${profile} ${operation} ${uid} ${owner} ${hex(path)} ${other === undefined ? '-' : hex(other)}\n`;
