import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createLog, type LogFormat } from '../../src/cli/log.ts';
import type { LogFields, LogLevel } from '../../src/model/log.ts';

/** What a log writes of one line at `info`. */
const lineOf = (format: LogFormat, message: string, fields?: LogFields, least: LogLevel = 'info'): string => {
  const lines: string[] = [];
  const now = () => new Date(0);
  createLog({ format, level: least, write: (line) => void lines.push(line), now }).info(message, fields);
  return lines.join('');
};

const start = 'time=1970-01-01T00:00:00.000Z level=INFO';

describe('logfmt', () => {
  const cases: readonly { name: string; fields: LogFields; text: string }[] = [
    {
      name: 'plain values',
      fields: { address: '[::]:1', tls: false, count: 2 },
      text: 'address=[::]:1 tls=false count=2',
    },
    { name: 'an empty one', fields: { reason: '' }, text: 'reason=""' },
    { name: 'one with blanks and quotes', fields: { reason: 'a "b" c' }, text: 'reason="a \\"b\\" c"' },
    { name: 'one with an equals sign', fields: { reason: 'a=b' }, text: 'reason="a=b"' },
    { name: 'one with lines', fields: { reason: 'a\nlevel=ERROR' }, text: 'reason="a\\nlevel=ERROR"' },
    { name: 'one with a terminal’s escapes', fields: { reason: '\u001b[31m' }, text: 'reason="\\u001b[31m"' },
    { name: 'one with an escape of one byte', fields: { reason: '\u009b31m' }, text: 'reason="\\u009b31m"' },
    { name: 'one that turns text around', fields: { reason: 'a\u202eb\u2028' }, text: 'reason="a\\u202eb\\u2028"' },
  ];
  for (const { name, fields, text } of cases) {
    test(name, () => assert.equal(lineOf('logfmt', 'listening', fields), `${start} msg=listening ${text}\n`));
  }
  test('a message of words', () => assert.equal(lineOf('logfmt', 'audit failed'), `${start} msg="audit failed"\n`));
});

test('JSON, one object a line', () => {
  const line = lineOf('json', 'a\nb', { reason: 'x\ny', tls: true });
  assert.equal(line.indexOf('\n'), line.length - 1);
  const expected = { time: '1970-01-01T00:00:00.000Z', level: 'INFO', msg: 'a\nb', reason: 'x\ny', tls: true };
  assert.deepEqual(JSON.parse(line), expected);
  const acting = lineOf('json', '\u007f', { reason: '\u009b31m\u202e' });
  assert.match(acting, /"msg":"\\u007f","reason":"\\u009b31m\\u202e"/);
});

describe('the level', () => {
  const cases: readonly [least: LogLevel, written: boolean][] = [
    ['debug', true],
    ['info', true],
    ['warn', false],
    ['error', false],
  ];
  for (const [least, written] of cases) {
    test(`info at ${least}`, () => assert.equal(lineOf('logfmt', 'x', {}, least) !== '', written));
  }
});
