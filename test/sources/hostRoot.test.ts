import assert from 'node:assert/strict';
import { rmSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import type { HostPaths } from '../../src/model/hostPaths.ts';
import { collect, type Source } from '../../src/sources/collect.ts';
import { apparmor } from '../../src/sources/hostRoot/apparmor.ts';
import { FileCache } from '../../src/sources/hostRoot/fileCache.ts';
import { host } from '../../src/sources/hostRoot/host.ts';
import { packages } from '../../src/sources/hostRoot/packages.ts';
import { createRootReader } from '../../src/sources/hostRoot/rootReader.ts';
import { type Entries, madeUpRoot } from './madeUpRoot.ts';

const origins = async (source: Source, kinds: readonly string[] = ['file', 'link']): Promise<string[]> => {
  const { documents } = await collect('host', source);
  return documents.filter(({ kind }) => kinds.includes(kind)).map(({ origin }) => origin);
};

const noted = (...paths: string[]): HostPaths => ({ paths, images: [] });

const stanza = (name: string) => `Package: ${name}\nStatus: install ok installed\nVersion: 1.0\n`;
const dpkg = (...names: string[]) => names.map(stanza).join('\n');

describe('the host', () => {
  const entries: Entries = {
    'etc/hostname': 'kvm1\n',
    'etc/passwd': '',
    'etc/shadow': '',
    'etc/libvirt/qemu.conf': '',
    'etc/libvirt/libvirtd.conf': '',
    'etc/libvirt/qemu/web.xml': '',
    'etc/cloudstack/agent/agent.properties': '',
    'proc/version': 'Linux',
    'proc/1/comm': 'systemd\n',
    'proc/812/comm': 'libvirtd\n',
    'proc/812/cmdline': '/usr/sbin/libvirtd\0',
    'proc/812/environ': 'SECRET=1',
    'proc/812/attr/current': 'libvirtd (enforce)\n',
    'proc/900/comm': 'qemu-system-x86\n',
    'proc/900/exe': { link: '/usr/bin/qemu-system-x86_64' },
    'usr/bin/qemu-system-x86_64': 'megabytes',
    'proc/sys/comm': 'libvirtd\n',
    'var/lib/dpkg/status': dpkg('bash', 'libvirt0'),
  };
  test('its files: those that facts need, and no other', async (context) => {
    assert.deepEqual(await origins(host(madeUpRoot(context, entries), () => noted())), [
      '/etc/hostname',
      '/etc/passwd',
      '/etc/cloudstack/agent/agent.properties',
      '/etc/libvirt/libvirtd.conf',
      '/etc/libvirt/qemu.conf',
      '/var/lib/dpkg/status',
      '/proc/version',
      '/proc/812/comm',
      '/proc/812/cmdline',
      '/proc/812/attr/current',
      '/proc/900/comm',
      '/proc/900/exe',
    ]);
  });
  test('what libvirt keeps of domains’ states: snapshots with text, saved memory without', async (context) => {
    const root = madeUpRoot(context, {
      ...entries,
      'var/lib/libvirt/qemu/save/web.save': 'LibvirtQemudSave',
      'var/lib/libvirt/qemu/snapshot/web/first.xml': '<domainsnapshot/>',
      'var/lib/libvirt/qemu/snapshot/web/first.mem': 'memory',
      'run/reboot-required': '*** System restart required ***\n',
    });
    const { documents } = await collect(
      'host',
      host(root, () => noted()),
    );
    const texts = documents.flatMap((document) =>
      document.kind === 'file' && /^\/(var\/lib\/libvirt|run)\//.test(document.origin)
        ? [[document.origin, document.text]]
        : [],
    );
    assert.deepEqual(texts, [
      ['/var/lib/libvirt/qemu/save/web.save', ''],
      ['/var/lib/libvirt/qemu/snapshot/web/first.xml', '<domainsnapshot/>'],
      ['/run/reboot-required', ''],
    ]);
  });
  test('of the paths that are asked for, that they are there', async (context) => {
    const root = madeUpRoot(context, { 'srv/web.qcow2': 'image', images: { link: '/srv' } });
    const { documents } = await collect(
      'host',
      host(root, () => noted('/images/web.qcow2', '/images/none.qcow2')),
    );
    assert.deepEqual(
      documents
        .filter(({ origin }) => /^\/(images|srv\/)/.test(origin))
        .map(({ kind, origin, text }: { kind: string; origin: string; text?: string }) => [kind, origin, text]),
      [
        ['link', '/images', '/srv'],
        ['file', '/srv/web.qcow2', ''],
      ],
    );
  });
  test('the evidence is that of an audit from scratch, whatever mattered in the last', async (context) => {
    const files = { 'srv/a': 'a', 'srv/b': 'b', 'opt/c': 'c' };
    const root = madeUpRoot(context, { ...entries, ...files });
    const all = ['/srv/a', '/opt/c', '/srv/none'];
    const known = new FileCache();
    for (const wanted of [all, all, ['/srv/a'], ['/srv/a', '/srv/b'], []]) {
      const later = collect(
        'host',
        host(root, () => noted(...wanted), known),
      );
      const scratch = collect(
        'host',
        host(root, () => noted(...wanted)),
      );
      assert.deepEqual((await later).documents, (await scratch).documents, wanted.join());
    }
  });
  test('what mattered in the last audit is looked at anew', async (context) => {
    const root = madeUpRoot(context, { ...entries, 'srv/a': 'a' });
    const known = new FileCache();
    const read = () => origins(host(root, () => noted('/srv/a'), known));
    assert.ok((await read()).includes('/srv/a'));
    rmSync(join(root, 'srv/a'));
    assert.ok(!(await read()).includes('/srv/a'));
  });
  test('the directories that are asked for, given what was read', async (context) => {
    const root = madeUpRoot(context, { ...entries, 'srv/sockets': null });
    const seen: string[] = [];
    const source = host(root, (read) => {
      seen.push(...read.map(({ origin }) => origin));
      return noted('/srv/sockets', '/srv/nowhere');
    });
    const directories = await origins(source, ['directory']);
    assert.ok(directories.includes('/srv/sockets') && !directories.includes('/srv/nowhere'));
    assert.ok(seen.includes('/etc/cloudstack/agent/agent.properties'));
  });
});

describe('packages', () => {
  const text = (context: TestContext, entries: Entries) =>
    packages(createRootReader(madeUpRoot(context, entries), () => {}))?.text;
  test('only those that matter', (context) => {
    const status = dpkg('bash', 'libvirt0', 'libvirt0-extra', 'qemu-system-x86');
    assert.equal(
      text(context, { 'var/lib/dpkg/status': status }),
      `${stanza('libvirt0').trimEnd()}\n\n${stanza('qemu-system-x86')}`.replace('\n\n\n', '\n\n'),
    );
  });
  test('none on another distribution', (context) => assert.equal(text(context, {}), undefined));
  test('not of a file too large to be one', (context) => {
    const root = madeUpRoot(context, { 'var/lib/dpkg/status': dpkg('libvirt0') });
    truncateSync(join(root, 'var/lib/dpkg/status'), 20 * 1024 * 1024);
    assert.equal(packages(createRootReader(root, () => {})), undefined);
  });
  test('never those of the auditing host, through a link out of the root', (context) => {
    const outside = madeUpRoot(context, { status: dpkg('libvirt0') });
    assert.equal(text(context, { 'var/lib/dpkg/status': { link: join(outside, 'status') } }), undefined);
  });
});

describe('AppArmor', () => {
  test('policy to its depth without caches, and the kernel’s state', async (context) => {
    const root = madeUpRoot(context, {
      'etc/apparmor.d/usr.sbin.libvirtd': '',
      'etc/apparmor.d/local/usr.sbin.libvirtd': '',
      'etc/apparmor.d/abstractions/libvirt-qemu.d/own': '',
      'etc/apparmor.d/disable/usr.sbin.cupsd': { link: '/etc/apparmor.d/usr.sbin.cupsd' },
      'etc/apparmor.d/cache.d/x/usr.sbin.libvirtd': 'compiled',
      'etc/apparmor.d/cache/usr.sbin.libvirtd': 'compiled',
      'etc/apparmor.d/local/cache/kept': '',
      'sys/module/apparmor/parameters/enabled': 'Y\n',
      'sys/kernel/security/apparmor/profiles': '',
    });
    assert.deepEqual(await origins(apparmor(root)), [
      '/sys/module/apparmor/parameters/enabled',
      '/sys/kernel/security/apparmor/profiles',
      '/etc/apparmor.d/abstractions/libvirt-qemu.d/own',
      '/etc/apparmor.d/disable/usr.sbin.cupsd',
      '/etc/apparmor.d/local/cache/kept',
      '/etc/apparmor.d/local/usr.sbin.libvirtd',
      '/etc/apparmor.d/usr.sbin.libvirtd',
    ]);
  });
  test('what a policy file includes from elsewhere, and what that includes', async (context) => {
    const root = madeUpRoot(context, {
      'etc/apparmor.d/local/a': 'include if exists "/opt/site rules"\n  #include /srv/rules.d\ninclude "/none"\n',
      'etc/apparmor.d/b': 'include "/etc/apparmor.d/local/a"\ninclude <abstractions/base>\n',
      'opt/site rules': 'include "/opt/more"\n',
      'opt/more': 'deny /x w,\n',
      'opt/other': '',
      'srv/rules.d/one': '',
      'srv/rules.d/deep/two': '',
    });
    const read = await origins(apparmor(root), ['file']);
    assert.deepEqual(
      read.filter((path) => !path.startsWith('/etc/')),
      ['/opt/site rules', '/srv/rules.d/one', '/opt/more'],
    );
  });
  test('a link to the folder above it does not go round for ever', async (context) => {
    const root = madeUpRoot(context, { 'etc/apparmor.d/a': '', 'etc/apparmor.d/loop': { link: '.' } });
    assert.deepEqual(await origins(apparmor(root), ['file']), ['/etc/apparmor.d/a']);
  });
  test('of many such links, none multiplies the others', { timeout: 60_000 }, async (context) => {
    const loops = Array.from({ length: 12 }, (_, index) => [`etc/apparmor.d/loop${index}`, { link: '.' }] as const);
    const root = madeUpRoot(context, { 'etc/apparmor.d/a': '', ...Object.fromEntries(loops) });
    assert.deepEqual(await origins(apparmor(root), ['file']), ['/etc/apparmor.d/a']);
  });
  test('however deep a file lies, and behind a link of the whole folder, whose caches are left out too', async (context) => {
    const deep = `opt/policy${'/d'.repeat(20)}/a`;
    const root = madeUpRoot(context, {
      'etc/apparmor.d': { link: '/opt/policy' },
      [deep]: '',
      'opt/policy/cache/compiled': '',
    });
    assert.deepEqual(await origins(apparmor(root), ['file']), [`/${deep}`]);
  });
});

describe('a root that is none fails the source', () => {
  const reason = async (root: string) => {
    const sources = await Promise.all([
      collect(
        'host',
        host(root, () => noted()),
      ),
      collect('apparmor', apparmor(root)),
    ]);
    const [first, second] = sources.map(({ sources: [result] }) => result?.reason);
    assert.equal(first, second);
    return first;
  };
  test('not there', async () =>
    assert.equal(
      await reason('/nowhere'),
      "--root /nowhere: no such file or folder; name the folder that holds the host's etc, var and sys",
    ));
  test('a file', async (context) => {
    const root = join(madeUpRoot(context, { a: '' }), 'a');
    assert.match((await reason(root)) ?? '', /: not a folder; /);
  });
});
