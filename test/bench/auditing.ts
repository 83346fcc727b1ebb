import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { join } from 'node:path';
import { rounds } from './rounds.ts';

/** What one audit came to. */
export interface Audited {
  milliseconds: number;
  domains: number;
  failures: number;
  /** Of the auditor's process, in MiB. */
  resident: number;
}

/** Audits on demand, see auditRounds.ts. */
export interface Auditing extends AsyncDisposable {
  audit(how: 'first' | 'steady' | 'rendered'): Promise<Audited>;
}

type Spawn = (command: string, args: readonly string[]) => ChildProcessWithoutNullStreams;

/** Starts the audits of a connection, by the built-in rules and those of `rules`. */
export const auditing = (spawn: Spawn, connect: string, root = '/', ...rules: string[]): Auditing => {
  const module = join(import.meta.dirname, 'auditRounds.ts');
  const turns = rounds(spawn(process.execPath, ['--import', 'tsx', module, connect, root, ...rules]));
  return {
    audit: async (how) => JSON.parse(await turns.ask(how)) as Audited,
    [Symbol.asyncDispose]: turns[Symbol.asyncDispose],
  };
};
