import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { exitCodeOf } from '../../src/cli/check.ts';
import type { Summary } from '../../src/model/report.ts';
import { type Severity, severities } from '../../src/model/severity.ts';

const summary = (complete: boolean, found: readonly Severity[]): Summary => ({
  outcomes: { pass: 1, fail: found.length, error: 0, notapplicable: 0 },
  failures: {
    critical: 0,
    high: 0,
    medium: 0,
    low: 0,
    info: 0,
    ...Object.fromEntries(found.map((severity) => [severity, 2])),
  },
  waived: { critical: 9, high: 9, medium: 9, low: 9, info: 9 },
  domains: { running: 1, paused: 0, shutoff: 0, crashed: 0, other: 0 },
  unaudited: { timeout: 0, denied: 0, parse: 0, error: 0 },
  complete,
});

const cases: readonly { found: readonly Severity[]; failOn: Severity | 'never'; code: number }[] = [
  { found: [], failOn: 'info', code: 0 },
  { found: ['high'], failOn: 'high', code: 1 },
  { found: ['critical'], failOn: 'high', code: 1 },
  { found: ['medium', 'low', 'info'], failOn: 'high', code: 0 },
  { found: ['info'], failOn: 'info', code: 1 },
  { found: ['low'], failOn: 'medium', code: 0 },
  { found: ['high'], failOn: 'critical', code: 0 },
  { found: ['low', 'critical'], failOn: 'critical', code: 1 },
  { found: severities, failOn: 'never', code: 0 },
];

describe('the exit code', () => {
  for (const { found, failOn, code } of cases) {
    const words = `${found.join(', ') || 'nothing'} found, --fail-on ${failOn}`;
    test(`complete, ${words}: ${code}`, () => assert.equal(exitCodeOf(summary(true, found), failOn), code));
    test(`incomplete, ${words}: 3`, () => assert.equal(exitCodeOf(summary(false, found), failOn), 3));
  }
});
