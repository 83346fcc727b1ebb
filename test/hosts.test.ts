/** Whole hosts: each folder of test/hosts holds domains, a root, and the reports that they must give. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Rendering } from '../src/auditor/job.ts';
import { runJob } from '../src/auditor/runJob.ts';

const hosts = join(import.meta.dirname, 'hosts');
const schema = JSON.parse(readFileSync(join(import.meta.dirname, '..', 'docs', 'report.schema.json'), 'utf8'));

/** The golden file of each rendering. */
const goldens: Readonly<Record<string, Rendering>> = {
  'report.golden.txt': { kind: 'report', format: 'text', color: false, minSeverity: 'info' },
  'report.golden.json': { kind: 'report', format: 'json', color: false, minSeverity: 'info' },
  'metrics.golden.prom': { kind: 'metrics', maxFindingSeries: 5000 },
};

/** Times are all that differs from run to run; the digest differs with every rule. */
const timeless = (text: string): string =>
  text
    .replaceAll(/"time": "[^"]*"/g, '"time": "2026-01-01T00:00:00.000Z"')
    .replaceAll(/"digest": "\w+"/g, '"digest": "000000000000"')
    .replaceAll(/digest="\w+"/g, 'digest="000000000000"')
    .replaceAll(/"seconds": [\d.e-]+/g, '"seconds": 0')
    .replaceAll(
      /^(virt_audit_(?:audit_timestamp|audit_last_complete_timestamp|audit_duration|collector_duration)_seconds\S*) .*$/gm,
      '$1 0',
    );

const audit = async (host: string): Promise<readonly string[]> => {
  const spec = {
    domains: [join(hosts, host, 'domains')],
    root: join(hosts, host, 'root'),
    rules: [],
    tags: [],
    only: [],
    skip: [],
    timeout: 1000,
  };
  const result = await runJob({ spec, renderings: Object.values(goldens) });
  assert.equal(result.kind, 'done', JSON.stringify(result));
  return result.kind === 'done' ? result.texts.map(timeless) : [];
};

for (const host of readdirSync(hosts)) {
  test(`${host} gives its golden reports`, async () => {
    const texts = await audit(host);
    for (const [index, file] of Object.keys(goldens).entries()) {
      const path = join(hosts, host, file);
      if (process.env.UPDATE_GOLDENS === '1') writeFileSync(path, texts[index] ?? '');
      assert.equal(texts[index], readFileSync(path, 'utf8'), `${path} differs; UPDATE_GOLDENS=1 rewrites it`);
    }
  });

  test(`${host}'s JSON report is as docs/report.schema.json says`, async () => {
    const [, json = ''] = await audit(host);
    const validate = new Ajv2020({ strict: true, strictRequired: false, formats: { 'date-time': true } }).compile(
      schema,
    );
    assert.ok(validate(JSON.parse(json)), JSON.stringify(validate.errors));
  });
}
