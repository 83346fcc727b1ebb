import { readFileSync } from 'node:fs';

/** The processes that a process has started and that have not ended, the oldest first. */
export const childrenOf = (pid: number | undefined): number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number);
