import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { loadPolicy, type Override, proveOverride } from '../../src/apparmor/index.ts';
import { memorySource } from './memorySource.ts';

const daemon = '/etc/apparmor.d/usr.sbin.libvirtd';
const local = '/etc/apparmor.d/local/usr.sbin.libvirtd';
const path = '/srv/i-2-10-VM.org.qemu.guest_agent.0';

const prove = (files: Readonly<Record<string, string>>, name = 'libvirtd', at = path): Override | undefined => {
  const source = memorySource(files);
  const profile = loadPolicy(source).profiles.get(name);
  assert.ok(profile);
  return proveOverride(source, '/etc/apparmor.d', profile, { profile: name, path: at, accesses: ['w'] });
};

const changes = (override: Override | undefined): readonly string[] | undefined =>
  override?.changes.map(({ change, file, line, text }) => `${change} ${file}:${line} ${text}`);

const add = (file: string, line = 0) => `add ${file}:${line} "${path}" rw,`;

describe('the local change that mends a denial', () => {
  const including = 'profile libvirtd {\n  /run/** rw,\n  include if exists <local/usr.sbin.libvirtd>\n}\n';
  test('no rule: one is added where the profile includes a local file, there or not yet', () => {
    assert.deepEqual(changes(prove({ [daemon]: including, [local]: '# mine' + '\n' })), [add(local)]);
    assert.deepEqual(changes(prove({ [daemon]: including })), [add(local)]);
  });
  test('no rule, and no local file is included: it is added to the profile itself', () =>
    assert.deepEqual(changes(prove({ [daemon]: 'profile libvirtd {\n  /run/** rw,\n}\n' })), [add(daemon, 1)]));
  test('a deny is removed, since no allow outweighs it', () => {
    const files = {
      [daemon]: `profile libvirtd {\n  /** rw,\n  include <local/usr.sbin.libvirtd>\n}\n`,
      [local]: 'deny /srv/* w,\n',
    };
    assert.deepEqual(changes(prove(files)), [`remove ${local}:1 deny /srv/* w,`]);
  });
  test('denies under an allow that is missing: all of it', () => {
    const files = { [daemon]: including, [local]: 'deny /srv/* w,\ndeny owner /srv/** w,\n' };
    assert.deepEqual(changes(prove(files)), [
      `remove ${local}:1 deny /srv/* w,`,
      `remove ${local}:2 deny owner /srv/** w,`,
      add(local),
    ]);
  });
  test('a path with wildcards in it is added as itself', () => {
    const odd = '/srv/[a]{b,c}*"';
    assert.deepEqual(changes(prove({ [daemon]: including }, 'libvirtd', odd)), [
      `add ${local}:0 "/srv/\\[a\\]\\{b\\,c\\}\\*\\"" rw,`,
    ]);
  });
  test('a domain’s profile takes it from the abstraction’s folder, or before libvirt 9.6 its local file', () => {
    const name = 'libvirt-5a1f1c3e-6f0e-4c55-9c9b-0d4c2f0a7a02';
    const of = (include: string) => ({
      [`/etc/apparmor.d/libvirt/${name}`]: `profile ${name} {\n  include <abstractions/libvirt-qemu>\n}\n`,
      '/etc/apparmor.d/abstractions/libvirt-qemu': `include if exists <${include}>\n`,
    });
    assert.deepEqual(changes(prove(of('abstractions/libvirt-qemu.d'), name)), [
      add('/etc/apparmor.d/abstractions/libvirt-qemu.d/sockets'),
    ]);
    assert.deepEqual(changes(prove(of('local/abstractions/libvirt-qemu'), name)), [
      add('/etc/apparmor.d/local/abstractions/libvirt-qemu'),
    ]);
  });
  test('what is not understood is not mended', () =>
    assert.equal(prove({ [daemon]: 'profile libvirtd {\n  please allow,\n}\n' }), undefined));
  test('nor is a deny that nobody can tell apart from its neighbour', () => {
    const files = { [daemon]: 'profile libvirtd {\n  deny /srv/* w, deny /srv/** w,\n  /** rw,\n}\n' };
    assert.deepEqual(changes(prove(files))?.length, 2);
  });
});
