import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Permission } from '../../../../src/facts/host/apparmor/confinement.ts';
import { denialFacts } from '../../../../src/facts/host/apparmor/denials.ts';
import { createHostTree } from '../../../../src/facts/host/hostTree.ts';
import type { Document } from '../../../../src/model/document.ts';
import { file, unreadable } from '../documents.ts';

const now = new Date('2026-01-01T00:00:00Z');
const at = now.getTime() / 1000 - 3600;
const line = (rest: string, { seconds = at, number = 1, profile = 'libvirtd' } = {}): string =>
  `type=AVC msg=audit(${seconds}.000:${number}): apparmor="DENIED" operation="open" profile="${profile}" ${rest} fsuid=0`;
const write = (path: string) => `name=${path} requested_mask="wc" denied_mask="wc"`;

const asked: unknown[] = [];
const facts = (documents: readonly Document[], permission: Permission = { kind: 'denied', why: 'no rule' }) => {
  asked.length = 0;
  const permits = (...question: unknown[]): Permission => {
    asked.push(question);
    return permission;
  };
  return denialFacts(createHostTree(documents), { permits }, now);
};
const denials = (...lines: string[]) => facts([file('/var/log/audit/audit.log', lines.join('\n'))]).facts.denials;

describe('what AppArmor refused', () => {
  test('is explained by the policy on disk, of which creating is writing', () => {
    assert.deepEqual(denials(line(write('"/srv/a"'))), ['libvirtd was refused open wc on /srv/a once: no rule']);
    assert.deepEqual(asked, [[['libvirtd'], '/srv/a', ['w']]]);
  });
  test('is told once, with how often', () =>
    assert.deepEqual(denials(line(write('"/srv/a"')), line(write('"/srv/a"'), { number: 2 })), [
      'libvirtd was refused open wc on /srv/a 2 times: no rule',
    ]));
  test('is one refusal when two logs have it', () => {
    const log = line(write('"/srv/a"'));
    const both = [file('/var/log/audit/audit.log', log), file('/var/log/kern.log', `kernel: ${log}`)];
    assert.deepEqual(facts(both).facts.denials, ['libvirtd was refused open wc on /srv/a once: no rule']);
  });
  test('may have a name in hexadecimal', () =>
    assert.deepEqual(denials(line(write('2F7372762F6120C3BC'))), [
      'libvirtd was refused open wc on /srv/a ü once: no rule',
    ]));
  test('may be no file', () => {
    assert.deepEqual(denials(line('capability=17 capname="sys_rawio"')), ['libvirtd was refused open sys_rawio once']);
    assert.deepEqual(asked, []);
  });
  test('may be allowed by now', () => {
    const { facts: found } = facts([file('/var/log/syslog', line(write('"/srv/a"')))], { kind: 'allowed' });
    assert.match(String(found.denials), /: the policy on disk allows it, so load it/);
  });
  test('more than a week ago does not matter', () =>
    assert.deepEqual(denials(line(write('"/srv/a"'), { seconds: at - 8 * 86_400 })), []));
  test('is told of at most twenty times, the last ones', () => {
    const many = Array.from({ length: 30 }, (_, index) => line(write(`"/srv/${index}"`), { number: index }));
    const told = denials(...many) as string[];
    assert.equal(told.length, 20);
    assert.match(told.at(-1) ?? '', /\/srv\/29 /);
  });
});

test('without a log nothing is known, and nothing claimed', () =>
  assert.deepEqual(facts([]), { facts: {}, unknown: [] }));
test('a log that may not be read hides what it has', () => {
  const { facts: found, unknown } = facts([unreadable('/var/log/kern.log'), file('/var/log/syslog', '')]);
  assert.deepEqual(found, { denials: [] });
  assert.deepEqual(
    unknown.map(({ at: place }) => place),
    ['/host/apparmor/denials'],
  );
});
