import assert from 'node:assert/strict';
import { test } from 'node:test';
import { atLeast, type Severity, severities } from '../../src/model/severity.ts';

/** For each threshold, the severities that reach it. */
const reaching: Readonly<Record<Severity, readonly Severity[]>> = {
  critical: ['critical'],
  high: ['critical', 'high'],
  medium: ['critical', 'high', 'medium'],
  low: ['critical', 'high', 'medium', 'low'],
  info: ['critical', 'high', 'medium', 'low', 'info'],
};

for (const threshold of severities) {
  test(`${reaching[threshold].join(', ')} and no other are at least ${threshold}`, () => {
    assert.deepEqual(
      severities.filter((severity) => atLeast(severity, threshold)),
      reaching[threshold],
    );
  });
}
