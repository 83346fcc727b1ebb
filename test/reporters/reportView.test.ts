import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Severity } from '../../src/model/severity.ts';
import { byRule, reportView } from '../../src/reporters/reportView.ts';
import { findings, sampleReport } from './sampleReport.ts';

const views: readonly { from: Severity; rules: readonly string[]; findings: number }[] = [
  { from: 'critical', rules: [], findings: 0 },
  { from: 'high', rules: ['channel-target-named'], findings: 2 },
  { from: 'medium', rules: ['channel-target-named'], findings: 2 },
  { from: 'low', rules: ['channel-target-named', 'apparmor-daemon-profile-loaded'], findings: 3 },
];

describe('only what is grave enough is shown', () => {
  for (const { from, rules, findings: count } of views) {
    test(`from ${from}`, () => {
      const view = reportView(sampleReport, from);
      assert.deepEqual(
        view.rules.map(({ id }) => id),
        rules,
      );
      assert.equal(view.findings.length, count);
      assert.deepEqual({ ...view, rules: [], findings: [] }, { ...sampleReport, rules: [], findings: [] });
    });
  }
});

test('findings by rule, in the order of their first', () => {
  const [pass, fail, error] = findings;
  assert.ok(pass && fail && error);
  assert.deepEqual(
    [...byRule([fail, error, pass])],
    [
      ['channel-target-named', [fail, pass]],
      ['apparmor-daemon-profile-loaded', [error]],
    ],
  );
});
