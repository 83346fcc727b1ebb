import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { hostFacts } from '../../../src/facts/host/hostFacts.ts';
import type { Document } from '../../../src/model/document.ts';
import type { Json } from '../../../src/model/json.ts';
import { valueAt } from '../../../src/model/pointer.ts';
import { directory, file, link, unreadable } from './documents.ts';

const sys = [directory('/sys/module'), file('/sys/module/apparmor/parameters/enabled', 'Y\n')];
const loaded = (text: string) => file('/sys/kernel/security/apparmor/profiles', text);
const shipped = file(
  '/etc/apparmor.d/usr.sbin.libvirtd',
  'profile libvirtd /usr/sbin/libvirtd flags=(attach_disconnected) {\n  /** rwmkl,\n}\n',
);
const passwd = file('/etc/passwd', 'root:x:0:0::/:\nlibvirt-qemu:x:64055:108::/:\n');

const learn = (...documents: Document[]) => hostFacts(documents, [], []);
const fact = (pointer: string, ...documents: Document[]): Json | undefined =>
  valueAt(learn(...documents).facts, pointer);
/** The unknown places in what is told of the system, of libvirt and of AppArmor. */
const unknowns = (...documents: Document[]): string[] =>
  learn(...documents)
    .unknown.map(({ at }) => at)
    .filter((at) => /^\/host\/(arch|rebootRequired|libvirt|apparmor|cloudstack)/.test(at));

const facts: readonly { name: string; at: string; documents: readonly Document[]; value: Json | undefined }[] = [
  { name: 'policy on disk', at: '/apparmor/policy', documents: [shipped], value: true },
  { name: 'no policy on disk', at: '/apparmor/policy', documents: [directory('/etc')], value: false },
  { name: 'an empty policy folder', at: '/apparmor/policy', documents: [directory('/etc/apparmor.d')], value: true },
  { name: 'enabled', at: '/apparmor/enabled', documents: sys, value: true },
  { name: 'not enabled', at: '/apparmor/enabled', documents: [directory('/sys/module')], value: false },
  { name: 'nobody knows whether enabled', at: '/apparmor/enabled', documents: [], value: undefined },
  {
    name: 'the daemon’s profile loaded under its name',
    at: '/apparmor/daemon',
    documents: [...sys, loaded('libvirtd (enforce)\n'), shipped],
    value: {
      name: 'libvirtd',
      running: false,
      loaded: true,
      profile: 'libvirtd',
      mode: 'enforce',
      file: '/etc/apparmor.d/usr.sbin.libvirtd',
    },
  },
  {
    name: 'the daemon’s profile loaded under its path, as before AppArmor 3',
    at: '/apparmor/daemon',
    documents: [...sys, loaded('/usr/sbin/libvirtd (complain)\n')],
    value: { name: 'libvirtd', running: false, loaded: true, profile: '/usr/sbin/libvirtd', mode: 'complain' },
  },
  {
    name: 'the daemon’s profile not loaded',
    at: '/apparmor/daemon',
    documents: [...sys, loaded('cupsd (enforce)\n')],
    value: { name: 'libvirtd', running: false, loaded: false },
  },
  {
    name: 'the helper’s profile',
    at: '/apparmor/helper',
    documents: [...sys, loaded('virt-aa-helper (enforce)\n')],
    value: { loaded: true, profile: 'virt-aa-helper', mode: 'enforce' },
  },
  {
    name: 'a disabled profile: a file or a link that leads somewhere, never a dangling one',
    at: '/apparmor/disabled',
    documents: [
      shipped,
      link('/etc/apparmor.d/disable/usr.sbin.libvirtd', '/etc/apparmor.d/usr.sbin.libvirtd'),
      link('/etc/apparmor.d/disable/usr.sbin.virtqemud', '/etc/apparmor.d/usr.sbin.virtqemud'),
      file('/etc/apparmor.d/disable/usr.lib.libvirt.virt-aa-helper', ''),
      file('/etc/apparmor.d/disable/usr.sbin.cupsd', ''),
    ],
    value: ['/etc/apparmor.d/disable/usr.sbin.libvirtd', '/etc/apparmor.d/disable/usr.lib.libvirt.virt-aa-helper'],
  },
  {
    name: 'CloudStack’s path',
    at: '/cloudstack',
    documents: [file('/etc/cloudstack/agent/agent.properties', '')],
    value: { socketsPath: '/var/lib/libvirt/qemu' },
  },
  { name: 'no CloudStack', at: '/cloudstack', documents: [], value: undefined },
  {
    name: 'versions and the daemon',
    at: '/libvirt',
    documents: [
      { kind: 'version', origin: 'x', text: 'Running against daemon: 9.0.0\nRunning hypervisor: QEMU 7.2.15\n' },
    ],
    value: { libvirt: '9.0.0', qemu: '7.2.15', daemon: 'libvirtd', socketBinder: 'daemon' },
  },
];

describe('facts of the host', () => {
  for (const { name, at, documents, value } of facts) {
    test(name, () => assert.deepEqual(fact(at, ...documents), value));
  }
  const names: readonly (readonly [name: string, documents: readonly Document[]])[] = [
    ['kvm1', [file('/etc/hostname', 'kvm1\n')]],
    ['localhost', [file('/etc/hostname', '\n')]],
    ['localhost', [unreadable('/etc/hostname')]],
    ['localhost', []],
  ];
  for (const [name, documents] of names) test(`its name: ${name}`, () => assert.equal(learn(...documents).name, name));
});

describe('facts of the system below libvirt', () => {
  const running = [directory('/proc/1'), directory('/etc/libvirt')];
  const cases: readonly { name: string; at: string; documents: readonly Document[]; value: Json | undefined }[] = [
    { name: 'no reboot pending', at: '/rebootRequired', documents: running, value: false },
    {
      name: 'a reboot pending',
      at: '/rebootRequired',
      documents: [...running, file('/run/reboot-required', '')],
      value: true,
    },
    { name: 'a disk, not a host', at: '/rebootRequired', documents: [directory('/etc/libvirt')], value: undefined },
    {
      name: 'what the daemon was started with',
      at: '/libvirt/arguments',
      documents: [
        file('/proc/812/comm', 'libvirtd\n'),
        file('/proc/812/cmdline', '/usr/sbin/libvirtd\0--timeout\x00120\0'),
      ],
      value: ['--timeout', '120'],
    },
    { name: 'no daemon runs', at: '/libvirt/arguments', documents: [directory('/proc')], value: undefined },
  ];
  for (const { name, at, documents, value } of cases) {
    test(name, () => assert.deepEqual(fact(at, ...documents), value));
  }
});

describe('what is not known of the host is said', () => {
  const told = [
    '/host/arch',
    '/host/rebootRequired',
    '/host/libvirt/secmodels',
    '/host/libvirt/libvirt',
    '/host/libvirt/arguments',
    '/host/libvirt/externalSnapshot',
  ];
  const programs = ['daemon', 'helper'].flatMap((program) =>
    ['loaded', 'profile', 'mode'].map((fact) => `/host/apparmor/${program}/${fact}`),
  );
  const all = ['/host/apparmor/enabled', ...programs];
  const process = ['/host/apparmor/daemon/running', '/host/apparmor/daemon/label', '/host/apparmor/drift'];
  test('nothing at all known', () => assert.deepEqual(unknowns(passwd), [...told, ...all, ...process]));
  test('securityfs missing', () => assert.deepEqual(unknowns(passwd, ...sys), [...told, ...all.slice(1), ...process]));
  test('everything known', () => {
    const capabilities: Document = {
      kind: 'capabilities',
      origin: 'x',
      text: `<capabilities><host><cpu><arch>x86_64</arch></cpu></host></capabilities>`,
    };
    assert.deepEqual(
      unknowns(
        passwd,
        ...sys,
        loaded('libvirtd (enforce)\n'),
        shipped,
        capabilities,
        { kind: 'version', origin: 'x', text: 'Running against daemon: 9.0.0\n' },
        directory('/proc/1'),
        directory('/etc/libvirt'),
        file('/proc/812/comm', 'libvirtd\n'),
        file('/proc/812/attr/current', 'libvirtd (enforce)\n'),
      ),
      [],
    );
  });
  test('CloudStack’s configuration unreadable', () =>
    assert.ok(unknowns(unreadable('/etc/cloudstack/agent/agent.properties')).includes('/host/cloudstack')));
  test('policy unreadable: whether there is any, too', () => {
    const at = unknowns(passwd, ...sys, loaded('libvirtd (enforce)\n'), unreadable('/etc/apparmor.d'));
    assert.ok(at.includes('/host/apparmor/disabled'));
    assert.ok(at.includes('/host/apparmor/policy'), `only ${at.join(' ')}`);
  });
  test('the daemon’s label unreadable', () => {
    const at = unknowns(passwd, file('/proc/812/comm', 'libvirtd\n'), unreadable('/proc/812/attr/current'));
    assert.ok(at.includes('/host/apparmor/daemon/label'), `only ${at.join(' ')}`);
  });
  test('a root without processes: whether the daemon runs', () => {
    const at = unknowns(passwd, directory('/'), directory('/etc'));
    assert.ok(at.includes('/host/apparmor/daemon/running'), `only ${at.join(' ')}`);
  });
});
