/**
 * Whole hosts: each folder of test/hosts holds domains, a root, and the reports that they must give; where it is not the
 * default also the profile, and in documents.yaml what git can't keep of a root, such as owners and devices. Those called
 * healthy-* are as their platform sets them up and as an operator would leave them.
 */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import type { AuditSpec } from '../src/auditor/auditSpec.ts';
import type { Rendering } from '../src/auditor/job.ts';
import { runJob } from '../src/auditor/runJob.ts';
import type { Bundle } from '../src/model/bundle.ts';
import type { Document } from '../src/model/document.ts';
import type { JsonObject } from '../src/model/json.ts';
import type { Report } from '../src/model/report.ts';
import { exampleDocuments } from '../src/ruleset/exampleDocuments.ts';
import { temporaryFolder } from './real/temporaryFolder.ts';
import { timeless } from './timeless.ts';

const hosts = join(import.meta.dirname, 'hosts');
const schema = JSON.parse(readFileSync(join(import.meta.dirname, '..', 'docs', 'report.schema.json'), 'utf8'));

const json: Rendering = { kind: 'report', format: 'json', color: false, minSeverity: 'info' };

const isHealthy = (host: string): boolean => host.startsWith('healthy-');

/** The golden file of each rendering. Of a healthy host the text says all; the others are as long as the catalogue. */
const goldensOf = (host: string): Readonly<Record<string, Rendering>> => ({
  'report.golden.txt': { kind: 'report', format: 'text', color: false, minSeverity: 'info' },
  ...(isHealthy(host)
    ? {}
    : { 'report.golden.json': json, 'metrics.golden.prom': { kind: 'metrics', maxFindingSeries: 5000 } }),
});

const profileOf = (host: string): { profile?: string } => {
  const path = join(hosts, host, 'profile');
  return existsSync(path) ? { profile: readFileSync(path, 'utf8').trim() } : {};
};

/** The documents of a host's documents.yaml, in the short form of rules' examples. */
const documentsOf = (host: string): Document[] => {
  const path = join(hosts, host, 'documents.yaml');
  return existsSync(path) ? exampleDocuments(parse(readFileSync(path, 'utf8')) as JsonObject[]) : [];
};

/** The host as a bundle of its root and of its further documents, which count where both tell of a path. */
const bundleOf = async (host: string, spec: AuditSpec): Promise<string> => {
  const result = await runJob({ spec, renderings: [], collect: true });
  assert.equal(result.kind, 'collected', JSON.stringify(result));
  const bundle = JSON.parse(result.kind === 'collected' ? result.bundle : '') as Bundle;
  const more = documentsOf(host);
  const told = new Set(more.map(({ origin }) => origin));
  return JSON.stringify({
    ...bundle,
    documents: [...bundle.documents.filter(({ origin }) => !told.has(origin)), ...more],
  });
};

const audit = async (host: string, renderings: readonly Rendering[]): Promise<readonly string[]> => {
  const spec: AuditSpec = {
    ...profileOf(host),
    domains: [join(hosts, host, 'domains')],
    root: join(hosts, host, 'root'),
    rules: [],
    tags: [],
    only: [],
    skip: [],
    timeout: 1000,
  };
  await using folder = await temporaryFolder();
  const from = join(folder.path, 'bundle.json');
  if (documentsOf(host).length > 0) writeFileSync(from, await bundleOf(host, spec));
  const result = await runJob({ spec: existsSync(from) ? { ...spec, from } : spec, renderings });
  assert.equal(result.kind, 'done', JSON.stringify(result));
  return result.kind === 'done' ? result.texts.map(timeless) : [];
};

for (const host of readdirSync(hosts)) {
  test(`${host} gives its golden reports`, async () => {
    const goldens = goldensOf(host);
    const texts = await audit(host, Object.values(goldens));
    for (const [index, file] of Object.keys(goldens).entries()) {
      const path = join(hosts, host, file);
      if (process.env.UPDATE_GOLDENS === '1') writeFileSync(path, texts[index] ?? '');
      assert.equal(texts[index], readFileSync(path, 'utf8'), `${path} differs; UPDATE_GOLDENS=1 rewrites it`);
    }
  });

  test(`${host}'s JSON report is as docs/report.schema.json says`, async () => {
    const [text = ''] = await audit(host, [json]);
    const validate = new Ajv2020({ strict: true, strictRequired: false, formats: { 'date-time': true } }).compile(
      schema,
    );
    assert.ok(validate(JSON.parse(text)), JSON.stringify(validate.errors));
  });

  if (isHealthy(host)) {
    test(`${host} has no finding above low, and lacks no evidence`, async () => {
      const [text = ''] = await audit(host, [json]);
      const { findings, sources } = JSON.parse(text) as Report;
      const tolerable = new Set(['low', 'info']);
      assert.deepEqual(
        findings.filter(
          ({ outcome, severity }) => outcome === 'error' || (outcome === 'fail' && !tolerable.has(severity)),
        ),
        [],
      );
      assert.deepEqual(
        sources.filter(({ ok }) => !ok),
        [],
      );
      // Nothing was judged where nothing was read.
      const judged = findings.filter(({ outcome }) => outcome === 'pass').map(({ target }) => target.kind);
      assert.deepEqual([...new Set(judged)].sort(), ['domain', 'host']);
    });
  }
}
