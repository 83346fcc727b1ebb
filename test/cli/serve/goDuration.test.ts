import assert from 'node:assert/strict';
import { test } from 'node:test';
import { goDuration } from '../../../src/cli/serve/goDuration.ts';

const cases: readonly [text: string, milliseconds: number | undefined][] = [
  ['0', 0],
  ['0s', 0],
  ['1s', 1000],
  ['500ms', 500],
  ['1.5h', 5_400_000],
  ['1h2m3s4ms', 3_723_004],
  ['.5s', 500],
  ['1.s', 1000],
  ['250us', 0.25],
  ['250µs', 0.25],
  ['250μs', 0.25],
  ['500ns', 0.0005],
  ['1', undefined],
  ['', undefined],
  ['s', undefined],
  ['.s', undefined],
  ['1d', undefined],
  ['1 s', undefined],
  [' 1s', undefined],
  ['1s ', undefined],
  ['1s2', undefined],
  ['-1s', undefined],
];

for (const [text, milliseconds] of cases) {
  test(`"${text}" is ${milliseconds === undefined ? 'no duration' : `${milliseconds} ms`}`, () =>
    assert.equal(goDuration(text), milliseconds));
}
