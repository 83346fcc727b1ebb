import assert from 'node:assert/strict';
import { test } from 'node:test';
import { age } from '../../src/exporter/age.ts';

const cases: readonly [seconds: number, words: string][] = [
  [-1, '0 seconds ago'],
  [0.4, '0 seconds ago'],
  [1, '1 second ago'],
  [119, '119 seconds ago'],
  [120, '2 minutes ago'],
  [7199, '119 minutes ago'],
  [7200, '2 hours ago'],
  [172_799, '47 hours ago'],
  [172_800, '2 days ago'],
];

for (const [seconds, words] of cases) test(`${seconds} s: ${words}`, () => assert.equal(age(seconds * 1000), words));
