import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { upgradeSummary } from '../../src/engine/upgradeSummary.ts';
import type { Finding } from '../../src/model/finding.ts';
import type { RuleInfo } from '../../src/model/rule.ts';
import type { Severity } from '../../src/model/severity.ts';

const rule = (id: string, ...tags: string[]): RuleInfo => ({
  id,
  area: 'x',
  title: id,
  severity: 'high',
  target: 'domain',
  tags,
  rationale: '',
  remediation: '',
  references: [],
});
const rules = [rule('machine', 'upgrade'), rule('hygiene', 'before-upgrade'), rule('other', 'devices')];
const target = (name: string) => ({ kind: 'domain' as const, name, uuid: `uuid-of-${name}` });
const fail = (id: string, name: string, severity: Severity, actual: string | string[]): Finding => ({
  rule: id,
  severity,
  target: target(name),
  outcome: 'fail',
  violations: [{ at: '/a', message: 'expected nothing there', actual }],
});
const pass = (name: string): Finding => ({ rule: 'machine', severity: 'high', target: target(name), outcome: 'pass' });
const unsure = (name: string): Finding => ({
  rule: 'machine',
  severity: 'high',
  target: target(name),
  outcome: 'error',
  reason: 'no capabilities',
});
const summary = (...findings: Finding[]) => upgradeSummary({ name: 'new' }, rules, findings, []);
const names = (items: readonly { target: { name: string } }[]) => items.map((item) => item.target.name);

describe('what blocks an upgrade, what is to be done before, what can wait', () => {
  const { blocked, before, later, missing, domains, clear } = summary(
    fail('machine', 'a', 'critical', 'x'),
    fail('machine', 'b', 'medium', 'x'),
    fail('machine', 'c', 'info', 'x'),
    fail('hygiene', 'd', 'critical', 'x'),
    fail('other', 'e', 'critical', 'x'),
    unsure('f'),
    pass('g'),
  );
  test('critical and high ones of what an upgrade changes block', () => assert.deepEqual(names(blocked), ['a']));
  test('what is wrong already is to be mended before', () => assert.deepEqual(names(before), ['b', 'd']));
  test('low ones can wait', () => assert.deepEqual(names(later), ['c']));
  test('what could not be judged is no promise', () => assert.deepEqual(names(missing), ['f']));
  test('rules about something else are left out', () => assert.equal(domains, 6));
  test('clear is who passes, and who can wait', () => assert.equal(clear, 2));
});

test('a domain comes once, with each rule and reason once, whichever definition says so', () => {
  const live = { ...fail('machine', 'a', 'high', 'gone'), definition: 'live' as const };
  const { blocked } = summary(live, { ...live, definition: 'config' }, fail('machine', 'a', 'high', ['gone', 'too']));
  assert.deepEqual(blocked, [{ target: target('a'), because: [{ rule: 'machine', words: ['gone', 'too'] }] }]);
});

test('domains that share a uuid are told of each by its name', () => {
  const twin = { ...fail('machine', 'b', 'high', 'gone'), target: { ...target('a'), name: 'b' } };
  const { blocked, domains } = summary(fail('machine', 'a', 'high', 'gone'), twin);
  assert.deepEqual([names(blocked), domains], [['a', 'b'], 2]);
});

test('what is waived neither blocks nor is it to be done', () => {
  const waiver = { rule: 'machine', reason: 'accepted', permanent: true as const };
  const { blocked, clear } = summary({ ...fail('machine', 'a', 'high', 'x'), waiver } as Finding);
  assert.deepEqual([blocked, clear], [[], 1]);
});

test('what nobody looked at on the target is passed on', () =>
  assert.deepEqual(upgradeSummary({ name: 'new', unseen: ['x'] }, rules, [], []).unseen, ['x']));

test('sources that failed are named', () => {
  const sources = [
    { name: 'libvirt', ok: false, seconds: 0, reason: 'down' },
    { name: 'host', ok: true, seconds: 0 },
  ];
  assert.deepEqual(upgradeSummary({ name: 'new' }, rules, [], sources).sources, ['libvirt']);
});
