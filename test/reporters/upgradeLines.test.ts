import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { UpgradeItem, UpgradeSummary } from '../../src/model/report.ts';
import { upgradeLines as linesOf } from '../../src/reporters/upgradeLines.ts';
import { namedRule } from './sampleReport.ts';

const rules = ['target-no-domain-runs', 'acpi-on'].map((id) => ({ ...namedRule, id, title: `what ${id} holds` }));
const upgradeLines = (summary: UpgradeSummary): string[] => linesOf(summary, rules);

const item = (name: string, rule: string, ...words: string[]): UpgradeItem => ({
  target: { kind: 'domain', name },
  because: [{ rule, words }],
});
const none: UpgradeSummary = {
  name: 'new.json',
  qemu: '10.0',
  domains: 3,
  clear: 3,
  blocked: [],
  before: [],
  later: [],
  missing: [],
  unseen: [],
  sources: [],
};

test('nothing in the way is said in a line', () =>
  assert.deepEqual(upgradeLines(none), [
    'Upgrade to new.json (QEMU 10.0): of 3 domains, 0 blocked, 0 with work to do before, 0 with what can',
    'wait, 0 of which not all is known, 3 clear.',
    '',
  ]));

test('a release alone says nothing of CPUs and devices, and says so', () => {
  const [first, second, third] = upgradeLines({ ...none, name: 'QEMU 10.2', qemu: '10.2' });
  assert.match(first ?? '', /^Upgrade to QEMU 10\.2: of 3 domains/);
  assert.match(`${second} ${third}`, /By QEMU’s documentation alone: nothing is said of CPUs/);
});

test('who shares a reason shares its line, and what failed is named', () => {
  const blocked = [item('a', 'r', 'no pc-1.0'), item('b', 'r', 'no pc-1.0'), item('c', 's', 'no spice')];
  const host: UpgradeItem = { target: { kind: 'host', name: 'kvm1' }, because: [{ rule: 't', words: ['x'] }] };
  assert.deepEqual(upgradeLines({ ...none, clear: 0, blocked, later: [host], sources: ['libvirt'] }).slice(2), [
    '  BLOCKED: will not start, migrate or go back there',
    '    a, b',
    '        no pc-1.0 [r]',
    '    c',
    '        no spice [s]',
    '  CAN WAIT',
    '    host kvm1',
    '        x [t]',
    '  Sources that failed: libvirt',
    '',
  ]);
});

test('what nobody looked at is not known', () =>
  assert.deepEqual(upgradeLines({ ...none, unseen: ['the policy was not looked at'] }).slice(2), [
    '  NOT KNOWN, so no promise',
    '    the policy was not looked at',
    '',
  ]));

test('of many names a few are enough, and none can write to the terminal', () => {
  const blocked = Array.from({ length: 20 }, (_, index) => item(`\u001b${index}`, 'r', 'gone'));
  const lines = upgradeLines({ ...none, blocked });
  assert.match(lines.join('\n'), / and 8 more/);
  assert.doesNotMatch(lines.join(''), /\u001b/);
});

test('names of sources are printed without control characters', () => {
  assert.doesNotMatch(upgradeLines({ ...none, sources: ['a\u001b[2J'] }).join('\n'), /\u001b/);
});

test('names of what is in the way share a line, a few of many; reasons keep theirs', () => {
  const running = Array.from({ length: 200 }, (_, index) => `vm${index}`);
  const host: UpgradeItem = {
    target: { kind: 'host', name: 'kvm1' },
    because: [
      { rule: 'target-no-domain-runs', words: running },
      { rule: 'target-apparmor-policy-parses', words: ['no such file', 'no such word'] },
    ],
  };
  assert.deepEqual(upgradeLines({ ...none, before: [host] }).slice(2), [
    '  BEFORE the upgrade',
    '    host kvm1',
    '        Not true: what target-no-domain-runs holds: vm0, vm1, vm2, vm3, vm4, vm5, vm6, vm7, vm8,',
    '        vm9, vm10, vm11 and 188 more [target-no-domain-runs]',
    '    host kvm1',
    '        no such file [target-apparmor-policy-parses]',
    '    host kvm1',
    '        no such word [target-apparmor-policy-parses]',
    '',
  ]);
});

test('a place alone does not tell what is wrong: its rule does', () => {
  const before = [item('a', 'acpi-on', '/domain/features/acpi: expected a value')];
  assert.deepEqual(upgradeLines({ ...none, before }).slice(2), [
    '  BEFORE the upgrade',
    '    a',
    '        Not true: what acpi-on holds: /domain/features/acpi: expected a value [acpi-on]',
    '',
  ]);
});
