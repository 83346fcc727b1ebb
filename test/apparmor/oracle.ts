import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { CompiledProfile } from './compiledDfa.ts';
import { readCompiledPolicy } from './readCompiledPolicy.ts';
import { parserPath } from './requireParser.ts';

/** What the real apparmor_parser makes of a policy: its profiles by name, or why it rejects the policy. */
export type OracleAnswer = { readonly profiles: ReadonlyMap<string, CompiledProfile> } | { readonly error: string };

/**
 * Compiles a policy text (byte string) and the files it includes with the real apparmor_parser. Nothing is loaded. Some
 * patterns take it minutes, so `patience` (seconds of the processor's time) ends the attempt; the error then starts with
 * `gave up`, as it does where the parser itself breaks.
 */
export function oracle(text: string, files: Readonly<Record<string, string>> = {}, patience = 60): OracleAnswer {
  const base = mkdtempSync(join(tmpdir(), 'virt-audit-oracle-'));
  try {
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(base, name)), { recursive: true });
      writeFileSync(join(base, name), content, 'latin1');
    }
    writeFileSync(join(base, 'policy'), text, 'latin1');
    return compile(join(base, 'policy'), base, patience);
  } finally {
    rmSync(base, { recursive: true });
  }
}

/** Compiles a policy file of this machine with the real apparmor_parser; includes come from `base`. */
export function compile(file: string, base: string, patience = 60): OracleAnswer {
  // By the processor's time alone: a machine that is busy or stood still would else give up what is quick, and random tests
  // would go on with policies that nobody has seen. It compiles in a child of its own, which a signal to it would leave behind.
  const run = spawnSync('prlimit', [`--cpu=${patience}`, parserPath, '-Q', '-K', '-S', '-b', base, file], {
    maxBuffer: 2 ** 30,
    env: { ...process.env, LC_ALL: 'C' },
  });
  if (run.error) throw run.error;
  if (run.signal) return { error: `gave up after ${patience} s` };
  if (run.status !== 0) {
    const error = run.stderr.toString('latin1').replace(/^Cache read.*\n/m, '');
    // It ends so, with 10, when its child's time is up; and 3.0.8 where a network rule stands before a condition: that is a
    // fault of its own and rejects nothing.
    return { error: error.trim() === '' ? `gave up without a message, exit ${run.status}` : error };
  }
  return { profiles: new Map(readCompiledPolicy(run.stdout).map((profile) => [profile.name, profile])) };
}
