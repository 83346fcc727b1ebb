/**
 * What a first audit takes once V8 has compiled it: audits from scratch, each with a memory of nothing, one after the other in
 * one process. Prints the median milliseconds of the last of them.
 */
import { join } from 'node:path';
import type * as auditing from '../../src/auditor/audit.ts';
import type * as remembering from '../../src/auditor/auditMemory.ts';
import type * as loading from '../../src/auditor/loadRuleset.ts';
import { median } from './statistics.ts';

const built = join(import.meta.dirname, '..', '..', 'dist', 'auditor');
const { audit } = (await import(join(built, 'audit.js'))) as typeof auditing;
const { createAuditMemory } = (await import(join(built, 'auditMemory.js'))) as typeof remembering;
const { loadRuleset } = (await import(join(built, 'loadRuleset.js'))) as typeof loading;

/** V8 has optimised what matters after five or six. */
const rounds = 12;

const [connect = ''] = process.argv.slice(2);
const spec = { connect, domains: [], root: '/', rules: [], tags: [], only: [], skip: [], timeout: 60_000 };
const ruleset = await loadRuleset(spec);
const times: number[] = [];
for (let round = 0; round < rounds; round++) {
  const began = performance.now();
  await audit(spec, ruleset, () => new Date(), createAuditMemory());
  times.push(performance.now() - began);
}
process.stdout.write(`${median(times.slice(rounds / 2))}\n`);
process.exit(0);
