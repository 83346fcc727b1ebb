import assert from 'node:assert/strict';
import { test } from 'node:test';
import { json } from '../../src/reporters/json.ts';
import { isReporterName, reporters } from '../../src/reporters/reporters.ts';
import { sampleReport } from './sampleReport.ts';

test('the JSON report holds everything, of every outcome, and its version', () => {
  const baseline = { report: 'old.json', known: 2 };
  const output = json({ ...sampleReport, baseline }, { color: true, minSeverity: 'info' });
  const { apparmor: _apparmor, domains: _domains, ...shown } = sampleReport;
  assert.deepEqual(JSON.parse(output), { schemaVersion: 1, ...shown, baseline });
  assert.ok(output.startsWith('{\n  "schemaVersion": 1,') && output.endsWith('\n}\n'));
});

test('of what is not grave enough neither findings nor rules, and all counts', () => {
  const shown = JSON.parse(json(sampleReport, { color: false, minSeverity: 'high' }));
  assert.deepEqual(
    shown.findings.map(({ rule }: { rule: string }) => rule),
    ['channel-target-named', 'channel-target-named'],
  );
  assert.equal(shown.rules.length, 1);
  assert.deepEqual(shown.summary, sampleReport.summary);
});

test('the known formats', () => {
  assert.deepEqual(Object.keys(reporters), ['text', 'json']);
  assert.deepEqual(['text', 'json', 'xml', 'toString', ''].map(isReporterName), [true, true, false, false, false]);
});
