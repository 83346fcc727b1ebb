import assert from 'node:assert/strict';
import { test } from 'node:test';
import { json } from '../../src/reporters/json.ts';
import { isReporterName, reporters } from '../../src/reporters/reporters.ts';
import { sampleReport } from './sampleReport.ts';

test('the JSON report holds everything, of every outcome, and its version', () => {
  const output = json(sampleReport, { color: true });
  const { apparmor: _apparmor, domains: _domains, ...shown } = sampleReport;
  assert.deepEqual(JSON.parse(output), { schemaVersion: 1, ...shown });
  assert.ok(output.startsWith('{\n  "schemaVersion": 1,') && output.endsWith('\n}\n'));
});

test('the known formats', () => {
  assert.deepEqual(Object.keys(reporters), ['text', 'json']);
  assert.deepEqual(['text', 'json', 'xml', 'toString', ''].map(isReporterName), [true, true, false, false, false]);
});
