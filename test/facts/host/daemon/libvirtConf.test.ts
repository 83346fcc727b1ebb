import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { type ConfValue, parseLibvirtConf } from '../../../../src/facts/host/daemon/libvirtConf.ts';

const cases: readonly { name: string; text: string; settings: Readonly<Record<string, ConfValue>> }[] = [
  { name: 'nothing', text: '', settings: {} },
  { name: 'text', text: 'user = "root"\n', settings: { user: 'root' } },
  { name: 'no blanks, no newline at the end', text: "user='root'", settings: { user: 'root' } },
  { name: 'blanks before', text: '   user = "root"\n', settings: { user: 'root' } },
  { name: 'empty text', text: 'user = ""\n', settings: { user: '' } },
  { name: 'numbers', text: 'max = 20\nmin = -1\nplus = +3\n', settings: { max: 20, min: -1, plus: 3 } },
  {
    name: 'a list',
    text: 'security_driver = [ "selinux", \'apparmor\' ]\n',
    settings: { security_driver: ['selinux', 'apparmor'] },
  },
  { name: 'an empty list', text: 'namespaces = []\n', settings: { namespaces: [] } },
  {
    name: 'a list over several lines with a comment among them',
    text: 'cgroup_device_acl = [\n  "/dev/null", # as always\n# "/dev/full",\n  "/dev/zero",\n]\nuser = "root"\n',
    settings: { cgroup_device_acl: ['/dev/null', '/dev/zero'], user: 'root' },
  },
  {
    name: 'a list with a comment that quotes',
    text: 'acl = [\n  "/dev/null", # not "/dev/full"\n]\n',
    settings: { acl: ['/dev/null'] },
  },
  {
    name: 'a list with brackets in its texts',
    text: 'acl = [ "/dev/[a]", "/b" ]\n',
    settings: { acl: ['/dev/[a]', '/b'] },
  },
  { name: 'whole lines of comment', text: '#user = "root"\n  # group = "root"\n', settings: {} },
  {
    name: 'a comment after a value',
    text: 'user = "root" # "qemu"\nmax = 5 # or 6\n',
    settings: { user: 'root', max: 5 },
  },
  { name: 'a hash in a text', text: 'user = "a#b"\n', settings: { user: 'a#b' } },
  {
    name: 'the first of a repeated setting counts',
    text: 'user = "root"\nuser = "qemu"\n',
    settings: { user: 'root' },
  },
  {
    name: 'a backslash is a character like any other',
    text: 'dir = "C:\\temp\\"\nuser = "root"\n',
    settings: { dir: 'C:\\temp\\', user: 'root' },
  },
  { name: 'triple quotes', text: 'user = """ro"ot"""\n', settings: { user: 'ro"ot' } },
  {
    name: 'a semicolon ends a setting',
    text: 'user = "root"; group = "kvm"\n',
    settings: { user: 'root', group: 'kvm' },
  },
  { name: 'Windows line ends', text: 'user = "root"\r\ngroup = "kvm"\r\n', settings: { user: 'root', group: 'kvm' } },
];

describe('libvirt’s configuration files', () => {
  for (const { name, text, settings } of cases) {
    test(name, () => assert.deepEqual(Object.fromEntries(parseLibvirtConf(text)), settings));
  }
});

const shipped = '/etc/libvirt/qemu.conf';

describe('Debian’s own qemu.conf', { skip: existsSync(shipped) ? false : `no ${shipped}` }, () => {
  const text = existsSync(shipped) ? readFileSync(shipped, 'latin1') : '';
  test('sets nothing that is commented out', () => {
    const active = text.split('\n').filter((line) => /^[a-z]/.test(line));
    assert.deepEqual([...parseLibvirtConf(text).keys()].sort(), active.map((line) => line.split(/[ =]/)[0]).sort());
  });
  test('with its examples made active is understood to the end', () => {
    const examples = text.replaceAll(/^#([a-z_]+ ?=|\s+"[^"]*",?|\])/gm, '$1');
    const settings = parseLibvirtConf(examples);
    const named = [...examples.matchAll(/^([a-z_]+) ?=/gm)].map((match) => match[1]);
    assert.ok(named.length > 50, 'the file has lost its examples');
    assert.deepEqual([...settings.keys()].sort(), [...new Set(named)].sort());
    assert.equal(settings.get('user'), 'libvirt-qemu');
    assert.ok(Array.isArray(settings.get('cgroup_device_acl')) && settings.get('cgroup_device_acl') !== undefined);
    assert.equal(typeof settings.get('max_processes'), 'number');
  });
});
