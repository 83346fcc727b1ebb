import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { InvalidArgumentError } from 'commander';
import { count, duration, repeatable, severity, threshold } from '../../src/cli/option.ts';

const refused = (parse: (value: string) => unknown, values: readonly string[]): void => {
  for (const value of values) {
    test(`"${value}" is refused`, () => assert.throws(() => parse(value), InvalidArgumentError));
  }
};

describe('a duration in milliseconds', () => {
  const taken: Readonly<Record<string, number>> = {
    '60': 60_000,
    '0.5': 500,
    '500ms': 500,
    '30s': 30_000,
    '2m': 120_000,
    '1.5m': 90_000,
  };
  for (const [value, milliseconds] of Object.entries(taken)) {
    test(`"${value}" is ${milliseconds}`, () => assert.equal(duration(value), milliseconds));
  }
  refused(duration, [
    '',
    '0',
    '0s',
    '-1',
    '+1',
    '1e3',
    '1h',
    '1 s',
    ' 1',
    '.5',
    '1.',
    's',
    'soon',
    'Infinity',
    '2147484',
    '99999999999',
  ]);
});

describe('a severity', () => {
  for (const value of ['critical', 'high', 'medium', 'low', 'info']) {
    test(`"${value}"`, () => assert.deepEqual([severity(value), threshold(value)], [value, value]));
  }
  test('never is only a threshold', () => assert.equal(threshold('never'), 'never'));
  refused(severity, ['never', 'High', '', 'toString', 'urgent']);
  refused(threshold, ['Never', '', 'always']);
});

describe('a whole number', () => {
  for (const [value, number] of Object.entries({ '0': 0, '5000': 5000, '007': 7, '999999999': 999_999_999 })) {
    test(`"${value}"`, () => assert.equal(count(value), number));
  }
  refused(count, ['', '-1', '1.5', '1e3', '0x10', ' 1', '1000000000']);
});

test('a repeatable option collects, and leaves the defaults alone', () => {
  const none: readonly string[] = Object.freeze([]);
  assert.deepEqual(repeatable('b', repeatable('a', none)), ['a', 'b']);
  assert.deepEqual(none, []);
});
