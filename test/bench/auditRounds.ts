/**
 * Audits on demand, through the built auditor's process. Lines in: `first` audits in a new process whose rules are
 * loaded, as `serve` does at its start; `steady` audits again; `rendered` does so with metrics and page. Lines out: JSON.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type * as module from '../../src/auditor/auditor.ts';
import type { Job } from '../../src/auditor/job.ts';

const built = join(import.meta.dirname, '..', '..', 'dist', 'auditor', 'auditor.js');
const { createAuditor } = (await import(built)) as typeof module;

const [connect = '', root = '/', ...rules] = process.argv.slice(2);
const spec = { connect, domains: [], root, rules, tags: [], only: [], skip: [], timeout: 60_000 };
const renderings: Job['renderings'] = [
  { kind: 'metrics', maxFindingSeries: 10_000 },
  { kind: 'page', telemetryPath: '/metrics' },
];
const deadline = 120_000;

let auditor = createAuditor();

/** Resident memory of the auditor's process, in MiB. */
const resident = (): number =>
  Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${auditor.pid()}/status`, 'utf8'))?.[1]) / 1024;

const run = async (asked: Job['renderings']): Promise<object> => {
  const began = performance.now();
  const result = await auditor.run({ spec, renderings: asked }, deadline);
  const milliseconds = performance.now() - began;
  if (result.kind !== 'done') throw new Error(JSON.stringify(result));
  const { domains, failures } = result.summary;
  const sum = (counts: Record<string, number>): number => Object.values(counts).reduce((a, b) => a + b, 0);
  return { milliseconds, domains: sum(domains), failures: sum(failures), resident: result.stuck ? 0 : resident() };
};

for await (const line of createInterface(process.stdin)) {
  if (line === 'first') {
    auditor.stop();
    auditor = createAuditor();
    await auditor.run({ spec, renderings: [], dryRun: true }, deadline);
  }
  process.stdout.write(`${JSON.stringify(await run(line === 'rendered' ? renderings : []))}\n`);
}
auditor.stop();
