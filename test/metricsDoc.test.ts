/** docs/metrics.md has every metric of a page, with its labels and its own words; UPDATE_GOLDENS=1 writes the table anew. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { createProcessMetrics } from '../src/exporter/processMetrics.ts';
import { renderMetrics } from '../src/exporter/renderMetrics.ts';
import type { Finding } from '../src/model/finding.ts';
import type { Report } from '../src/model/report.ts';
import { textOf } from './exporter/textOf.ts';
import { findings, profileRule, sampleReport } from './reporters/sampleReport.ts';

const path = join(import.meta.dirname, '..', 'docs', 'metrics.md');

const [, failing] = findings;
assert.ok(failing?.outcome === 'fail');

const onHost: Finding = { ...failing, rule: profileRule.id, target: { kind: 'host', name: 'kvm1' } };

/** A report of which every metric has a sample. */
const full: Report = {
  ...sampleReport,
  findings: [failing, onHost],
  waivers: [{ rule: profileRule.id, reason: 'known', expires: '2027-03-31', state: 'unused', findings: 0 }],
};

/** The labels of a metric's first sample. */
const labelsOf = (page: string, name: string): string => {
  const labels = new RegExp(`^${name}\\{(.*)\\} `, 'm').exec(page)?.[1] ?? '';
  return [...labels.matchAll(/(\w+)="/g)].map(([, label]) => `\`${label}\``).join(', ');
};

const tableOf = (page: string): string =>
  [...page.matchAll(/^# HELP (virt_audit_\w+) (.*)\n# TYPE \w+ (\w+)$/gm)]
    .map(([, name = '', help = '', type = '']) => {
      assert.match(page, new RegExp(`^${name}[ {]`, 'm'), `${name} has no sample here`);
      return `| \`${name}\` | ${type} | ${labelsOf(page, name)} | ${help} |\n`;
    })
    .join('');

test('docs/metrics.md has every metric of a page, its labels, and what it says of itself', async () => {
  const own = createProcessMetrics(30_000, false);
  own.reloaded(true, 0);
  own.succeeded();
  const page = `${await renderMetrics(full, { maxFindingSeries: 1, lastComplete: 0 })}\n${await textOf(own)}`;
  const head = '| metric | type | labels | what |\n|---|---|---|---|\n';
  const text = readFileSync(path, 'utf8');
  const [before = '', rest = ''] = text.split(head);
  const whole = `${before}${head}${tableOf(page)}${rest.replace(/^(?:\|.*\n)*/, '')}`;
  if (process.env.UPDATE_GOLDENS !== undefined) writeFileSync(path, whole);
  else assert.equal(text, whole);
});
