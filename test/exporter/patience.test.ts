import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { patience } from '../../src/exporter/patience.ts';

const cases: readonly (readonly [header: string | undefined, milliseconds: number])[] = [
  ['10', 9500],
  ['2.5', 2000],
  ['0.6', 300],
  ['1', 500],
  [undefined, 9500],
  ['', 9500],
  ['soon', 9500],
  ['-1', 9500],
  ['0', 9500],
  ['Infinity', 9500],
];

describe('how long a scrape may wait', () => {
  for (const [header, milliseconds] of cases) {
    test(`${header === undefined ? 'no header' : `"${header}"`}: ${milliseconds} ms`, () =>
      assert.equal(patience(header), milliseconds));
  }
  test('is never more than a timer can hold', () => assert.ok(patience('1e12') <= 2 ** 31 - 1));
});
