import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { certificates } from '../../../../src/facts/host/daemon/certificates.ts';
import { daemonOf } from '../../../../src/facts/host/daemon/daemon.ts';
import { daemonConf } from '../../../../src/facts/host/daemon/daemonConf.ts';
import { daemonSockets } from '../../../../src/facts/host/daemon/daemonSockets.ts';
import { hookScripts } from '../../../../src/facts/host/daemon/hookScripts.ts';
import { stateDirectories } from '../../../../src/facts/host/folders/stateDirectories.ts';
import { createHostTree, type HostTree } from '../../../../src/facts/host/hostTree.ts';
import type { Learnt } from '../../../../src/facts/host/learnt.ts';
import { cgroupFacts } from '../../../../src/facts/host/machine/cgroups.ts';
import { cpuFacts } from '../../../../src/facts/host/machine/cpuFacts.ts';
import { deviceFacts } from '../../../../src/facts/host/machine/devices.ts';
import { kernelSwitches } from '../../../../src/facts/host/machine/kernelSwitches.ts';
import { services } from '../../../../src/facts/host/machine/services.ts';
import { qemuConf } from '../../../../src/facts/host/qemu/qemuConf.ts';
import type { Document } from '../../../../src/model/document.ts';
import { serverCertificate, shortCertificate } from '../certificateText.ts';
import { directory, file, link, unreadable } from '../documents.ts';

interface Case {
  name: string;
  documents: readonly Document[];
  facts: object;
  unknown?: readonly string[];
}

const holds = (learn: (tree: HostTree) => Learnt, cases: readonly Case[]): void => {
  for (const { name, documents, facts, unknown = [] } of cases) {
    test(name, () => {
      const learnt = learn(createHostTree(documents));
      assert.deepEqual(learnt.facts, facts);
      assert.deepEqual(
        learnt.unknown.map(({ at }) => at),
        unknown,
      );
    });
  }
};

const sys = directory('/sys/module');
const owned = (path: string, text: string, mode: number, uid = 0) => ({ ...file(path, text), mode, uid, gid: uid });

describe('qemu.conf', () =>
  holds(
    (tree) => ({ facts: qemuConf(tree), unknown: [] }),
    [
      { name: 'no libvirt: nothing', documents: [directory('/etc')], facts: {} },
      { name: 'libvirt without the file: its defaults', documents: [directory('/etc/libvirt')], facts: { conf: {} } },
      {
        name: 'a lone text where a list may be; others stay',
        documents: [file('/etc/libvirt/qemu.conf', 'namespaces = "mount"\nmax_core = "unlimited"\nuser = "root"\n')],
        facts: { conf: { namespaces: ['mount'], max_core: 'unlimited' } },
      },
    ],
  ));

describe('the daemon’s settings', () =>
  holds(
    (tree) => daemonConf(tree, { name: 'libvirtd' }),
    [
      {
        name: 'as they are',
        documents: [file('/etc/libvirt/libvirtd.conf', 'audit_level = 0\n')],
        facts: { daemon: { conf: '/etc/libvirt/libvirtd.conf', audit_level: 0 } },
      },
      { name: 'no file', documents: [], facts: { daemon: {} } },
      {
        name: 'unreadable',
        documents: [unreadable('/etc/libvirt/libvirtd.conf')],
        facts: { daemon: {} },
        unknown: ['conf', 'audit_level', 'log_level', 'log_filters', 'log_outputs'].map(
          (name) => `/host/daemon/${name}`,
        ),
      },
    ],
  ));

describe('the daemons’ sockets', () => {
  const none = 'auth_unix_rw = "none"\n';
  holds(
    (tree) => daemonSockets(tree, daemonOf(tree)),
    [
      {
        name: 'the monolithic daemon’s',
        documents: [file('/etc/libvirt/libvirtd.conf', none), owned('/run/libvirt/libvirt-sock', '', 0o666)],
        facts: {
          daemonSockets: [
            {
              path: '/run/libvirt/libvirt-sock',
              conf: '/etc/libvirt/libvirtd.conf',
              auth_unix_rw: 'none',
              mode: '666',
            },
          ],
        },
      },
      { name: 'no libvirt', documents: [], facts: { daemonSockets: [] } },
      {
        name: 'no socket, which matters only where nobody is asked',
        documents: [file('/etc/libvirt/virtqemud.conf', ''), file('/etc/libvirt/virtproxyd.conf', none)],
        facts: {
          daemonSockets: [
            { path: '/run/libvirt/virtqemud-sock', conf: '/etc/libvirt/virtqemud.conf' },
            { path: '/run/libvirt/libvirt-sock', conf: '/etc/libvirt/virtproxyd.conf', auth_unix_rw: 'none' },
          ],
        },
        unknown: ['/host/daemonSockets/1/mode'],
      },
      {
        name: 'unreadable',
        documents: [unreadable('/etc/libvirt/libvirtd.conf'), owned('/run/libvirt/libvirt-sock', '', 0o700)],
        facts: {
          daemonSockets: [{ path: '/run/libvirt/libvirt-sock', conf: '/etc/libvirt/libvirtd.conf', mode: '700' }],
        },
        unknown: ['/host/daemonSockets/0/auth_unix_rw'],
      },
    ],
  );
});

describe('services', () =>
  holds(services, [
    { name: 'no systemd', documents: [], facts: {} },
    {
      name: 'enabled, and enabled but masked',
      documents: [
        link('/etc/systemd/system/multi-user.target.wants/libvirt-guests.service', 'x'),
        link('/etc/systemd/system/multi-user.target.wants/chrony.service', 'x'),
        link('/etc/systemd/system/chrony.service', '/dev/null'),
        link('/etc/systemd/system/sysinit.target.wants/systemd-timesyncd.service', 'x'),
      ],
      facts: { services: { guests: true, clocks: ['systemd-timesyncd'] } },
    },
    { name: 'unreadable', documents: [unreadable('/etc/systemd')], facts: {}, unknown: ['/host/services'] },
  ]));

describe('devices', () =>
  holds(deviceFacts, [
    {
      name: 'some',
      documents: [sys, directory('/dev'), file('/dev/kvm', ''), directory('/sys/kernel/iommu_groups/0')],
      facts: { devices: { kvm: true, vhostNet: false, tun: false }, iommu: { groups: true } },
    },
    {
      name: 'one that may not be looked at',
      documents: [sys, directory('/dev'), file('/dev/kvm', ''), file('/dev/vhost-net', ''), unreadable('/dev/net')],
      facts: { devices: { kvm: true, vhostNet: true }, iommu: { groups: false } },
      unknown: ['/host/devices/tun'],
    },
    {
      name: 'a mounted disk has an empty /dev, which says nothing',
      documents: [directory('/dev')],
      facts: { devices: {} },
      unknown: ['/host/devices/kvm', '/host/devices/vhostNet', '/host/devices/tun', '/host/iommu'],
    },
  ]));

describe('cgroups', () =>
  holds(cgroupFacts, [
    {
      name: 'version 2, by the names of version 1',
      documents: [
        file('/sys/fs/cgroup/cgroup.controllers', 'cpuset cpu io pids\n'),
        file('/proc/cgroups', 'memory 0 1 1\n'),
      ],
      facts: { cgroup: { controllers: ['cpuset', 'cpu', 'cpuacct', 'blkio', 'pids', 'devices'] } },
    },
    {
      name: 'version 1: only what is enabled',
      documents: [
        file('/proc/cgroups', '#subsys_name\thierarchy\tnum_cgroups\tenabled\ncpu\t1\t2\t1\nmemory\t0\t1\t0\n'),
      ],
      facts: { cgroup: { controllers: ['cpu'] } },
    },
    { name: 'neither', documents: [sys], facts: {}, unknown: ['/host/cgroup'] },
  ]));

const cpu = (text: string) => file('/proc/cpuinfo', text);
const noCpu = ['virtualization', 'hypervisor', 'microcodePackage'].map((name) => `/host/cpu/${name}`);

describe('the processor', () =>
  holds(cpuFacts, [
    {
      name: 'AMD in a guest, with a fault',
      documents: [
        sys,
        cpu('vendor_id\t: AuthenticAMD\nflags\t\t: fpu svm hypervisor\n'),
        file('/var/lib/dpkg/status', 'Package: amd64-microcode\nStatus: install ok installed\nVersion: 3.2\n'),
        file('/sys/devices/system/cpu/vulnerabilities/mds', 'Not affected\n'),
      ],
      facts: {
        cpu: {
          virtualization: 'svm',
          hypervisor: true,
          microcodePackage: { name: 'amd64-microcode', installed: true },
          vulnerabilities: [{ name: 'mds', status: 'Not affected' }],
        },
      },
    },
    {
      name: 's390x',
      documents: [sys, cpu('vendor_id       : IBM/S390\nfeatures\t: esan3 zarch sie\n')],
      facts: { cpu: { virtualization: 'sie', hypervisor: false, vulnerabilities: [] } },
    },
    {
      name: 'x86 without it',
      documents: [sys, cpu('flags : fpu\n')],
      facts: { cpu: { virtualization: 'none', hypervisor: false, vulnerabilities: [] } },
    },
    {
      name: 'ARM does not tell',
      documents: [sys, cpu('CPU implementer : 0x41\n')],
      facts: { cpu: { hypervisor: false, vulnerabilities: [] } },
    },
    { name: 'no kernel', documents: [], facts: { cpu: {} }, unknown: [...noCpu, '/host/cpu/vulnerabilities'] },
  ]));

describe('switches of the kernel', () =>
  holds(kernelSwitches, [
    {
      name: 'as they are',
      documents: [
        sys,
        file('/sys/module/kvm_amd/parameters/nested', '1\n'),
        file('/sys/kernel/mm/ksm/run', '2\n'),
        file('/sys/fs/selinux/enforce', '1'),
      ],
      facts: { kernel: { nestedKvm: true, ksm: false, selinuxEnforcing: true } },
    },
    { name: 'none of them', documents: [sys], facts: { kernel: {} } },
    {
      name: 'one unreadable',
      documents: [sys, unreadable('/sys/fs/selinux/enforce')],
      facts: { kernel: {} },
      unknown: ['/host/kernel/selinuxEnforcing'],
    },
    { name: 'no kernel', documents: [], facts: {}, unknown: ['/host/kernel'] },
  ]));

describe('hook scripts', () =>
  holds(hookScripts, [
    { name: 'none', documents: [directory('/etc/libvirt')], facts: { hooks: [] } },
    {
      name: 'the folder, a script, and one in a folder of scripts',
      documents: [
        directory('/etc/libvirt/hooks'),
        owned('/etc/libvirt/hooks/qemu', '#!/bin/sh\n  # /dev/vport0p9\ncat </dev/vport0p1\n', 0o755),
        directory('/etc/libvirt/hooks/qemu.d', 7),
        owned('/etc/libvirt/hooks/qemu.d/a', 'cat /dev/virtio-ports/a\n', 0o700, 7),
      ],
      facts: {
        hooks: [
          { path: '/etc/libvirt/hooks', uid: 0, gid: 0, mode: '755' },
          { path: '/etc/libvirt/hooks/qemu', uid: 0, gid: 0, mode: '755', port: 'line 3: /dev/vport0p1' },
          { path: '/etc/libvirt/hooks/qemu.d', uid: 7, gid: 7, mode: '755' },
          { path: '/etc/libvirt/hooks/qemu.d/a', uid: 7, gid: 7, mode: '700' },
        ],
      },
    },
    {
      name: 'an unreadable script; one whose owner was not asked',
      documents: [unreadable('/etc/libvirt/hooks/qemu'), file('/etc/libvirt/hooks/network', '')],
      facts: { hooks: [{ path: '/etc/libvirt/hooks/network' }, { path: '/etc/libvirt/hooks/qemu' }] },
      unknown: ['0/uid', '0/gid', '0/mode', '1/uid', '1/gid', '1/mode', '1/port'].map(
        (place) => `/host/hooks/${place}`,
      ),
    },
  ]));

describe('folders of what domains are stored in', () => {
  const open = (path: string, mode = 0o777) => ({ ...directory(path), mode });
  const listed = (stored: string, ...documents: Document[]) => {
    const { facts, unknown } = stateDirectories(createHostTree(documents), [stored]);
    return [...(facts.directories as { path: string }[]).map(({ path }) => path), ...unknown.map(({ at }) => at)];
  };
  test('those that all may write', () => {
    assert.deepEqual(listed('/srv/vm/a', open('/srv/vm')), ['/srv/vm']);
    assert.deepEqual(listed('/srv/vm/a', open('/srv'), directory('/srv/vm')), ['/srv']);
    assert.deepEqual(listed('/tmp/a', open('/tmp', 0o1777)), []);
    assert.deepEqual(listed('/srv/vm/a', open('/srv/vm/b')), []);
    assert.deepEqual(listed('/a', open('/')), ['/']);
  });
  test('not on the way of a path that is too long for the kernel, each of which takes its length', () => {
    assert.deepEqual(listed(`/srv/vm${'/a'.repeat(2044)}`, open('/srv/vm')), ['/srv/vm']);
    assert.deepEqual(listed(`/srv/vm${'/a'.repeat(2045)}`, open('/srv/vm')), []);
  });
  test('behind links, of the file and of a folder', () => {
    assert.deepEqual(listed('/a', link('/a', '/srv/a'), open('/srv')), ['/srv']);
    assert.deepEqual(listed('/vm/a', link('/vm', '/data/vm'), open('/data'), directory('/data/vm')), ['/data']);
    assert.deepEqual(listed('/x/a', link('/x/a', '../srv/a'), open('/srv'), open('/x')), ['/x', '/srv']);
  });
  test('libvirt’s own are there once', () =>
    assert.deepEqual(listed('/var/lib/libvirt/images/a', open('/var/lib/libvirt/images')), [
      '/var/lib/libvirt/images',
    ]));
  test('one that hides others is unknown, once', () =>
    assert.deepEqual(listed('/srv/a/b/c', unreadable('/srv')), ['/srv/a/b', '/host/directories/0/mode']));
});

describe('directories', () =>
  holds(stateDirectories, [
    {
      name: 'those that exist',
      documents: [directory('/etc/libvirt'), unreadable('/var/lib/libvirt/qemu')],
      facts: {
        directories: [
          { path: '/etc/libvirt', uid: 0, gid: 0, mode: '755' },
          ...['', '/nvram', '/save', '/snapshot'].map((name) => ({ path: `/var/lib/libvirt/qemu${name}` })),
        ],
      },
      unknown: [1, 2, 3, 4].flatMap((index) =>
        ['uid', 'gid', 'mode'].map((fact) => `/host/directories/${index}/${fact}`),
      ),
    },
  ]));

const server = '/etc/pki/libvirt/servercert.pem';

describe('certificates', () => {
  const day = (text: string) => (tree: HostTree) => certificates(tree, libvirtd, serving, new Date(text));
  const libvirtd = { name: 'libvirtd' } as const;
  const serving: Learnt = { facts: { remote: [{ transport: 'tls' }] }, unknown: [] };
  const key = { path: server, algorithm: 'ec', bits: 256 };
  const unknown = ['algorithm', 'bits', 'daysLeft', 'begun'].map((fact) => `/host/certificates/0/${fact}`);
  const one = [file(server, serverCertificate)];
  const found = (daysLeft: number) => ({ certificates: [{ ...key, daysLeft, begun: true }], dhParameters: [] });
  holds(day('2126-10-02T06:36:12Z'), [{ name: 'a month left', documents: one, facts: found(30) }]);
  holds(day('2126-10-02T06:36:13Z'), [{ name: 'a second less than a month', documents: one, facts: found(29) }]);
  holds(day('2126-11-01T06:36:13Z'), [{ name: 'expired a second ago', documents: one, facts: found(-1) }]);
  holds(day('2026-11-25T06:36:11Z'), [
    {
      name: 'not good yet, for a second more',
      documents: one,
      facts: { certificates: [{ ...key, daysLeft: 36500, begun: false }], dhParameters: [] },
    },
  ]);
  holds(day('2027-01-01T00:00:00Z'), [
    {
      name: 'several in one file: expired as soon as any is, and with the key of the first',
      documents: [file(server, `${serverCertificate}\n${shortCertificate}`)],
      facts: { certificates: [{ ...key, daysLeft: -23, begun: true }], dhParameters: [] },
    },
  ]);
  const placesOf = (documents: readonly Document[], remote: Learnt = { facts: { remote: [] }, unknown: [] }) => {
    const tree = createHostTree(documents);
    return (certificates(tree, libvirtd, remote, undefined).facts.certificates as { path: string }[]).map(
      ({ path }) => path,
    );
  };
  test('a server’s certificate is only for connections with TLS', () => {
    const authority = '/etc/pki/CA/cacert.pem';
    const client = '/etc/pki/libvirt/clientcert.pem';
    const documents = [
      file('/etc/libvirt/libvirtd.conf', 'ca_file = "/srv/ca.pem"\n'),
      ...['/srv/ca.pem', authority, server, client].map((path) => file(path, serverCertificate)),
    ];
    assert.deepEqual(placesOf(documents), [authority, client]);
    assert.deepEqual(placesOf(documents, { facts: { remote: [{ transport: 'tcp' }] }, unknown: [] }), [
      authority,
      client,
    ]);
    assert.deepEqual(placesOf(documents, serving), [authority, '/srv/ca.pem', server, client]);
    const hidden = { facts: { remote: [] }, unknown: [{ at: '/host/remote', reason: 'x' }] };
    assert.deepEqual(placesOf(documents, hidden), [authority, '/srv/ca.pem', server, client]);
  });
  test('a display’s certificates are for what qemu.conf asks TLS of, and for what was started when it did', () => {
    const [vnc, spice, migrate] = ['vnc', 'spice', 'migrate'].map(
      (use) => `/etc/pki/libvirt-${use}/server-cert.pem`,
    ) as [string, string, string];
    const held = [vnc, spice, migrate].map((path) => file(path, serverCertificate));
    const conf = (text: string) => file('/etc/libvirt/qemu.conf', text);
    assert.deepEqual(placesOf(held), [migrate]);
    assert.deepEqual(placesOf([...held, conf('vnc_tls = 0\nspice_tls = 0\n')]), [migrate]);
    assert.deepEqual(placesOf([...held, conf('vnc_tls = 1\n')]), [vnc, migrate]);
    assert.deepEqual(placesOf([...held, conf('spice_tls = 1\n')]), [spice, migrate]);
    const started = file('/proc/7/cmdline', 'qemu\0-spice\0port=5900,x509-dir=/etc/pki/libvirt-spice\0');
    assert.deepEqual(placesOf([...held, started]), [spice, migrate]);
    for (const kept of ['comm', 'cmdline']) {
      assert.deepEqual(placesOf([...held, unreadable(`/proc/7/${kept}`)]), [vnc, spice, migrate]);
    }
    const common = conf('default_tls_x509_cert_dir = "/srv/t"\nvnc_tls_x509_cert_dir = "/srv/t"\n');
    assert.deepEqual(placesOf([common, file('/srv/t/server-cert.pem', serverCertificate)]), ['/srv/t/server-cert.pem']);
  });
  const elsewhere = (path: string) => ({ certificates: [{ ...key, path }], dhParameters: [] });
  holds(
    (tree) => ({ ...certificates(tree, { name: 'virtqemud' }, serving, undefined), unknown: [] }),
    [
      {
        name: 'where qemu.conf has its folder, in place of the standard one',
        documents: [
          file('/etc/libvirt/qemu.conf', 'backup_tls_x509_cert_dir = "/srv/b/"\n'),
          file('/srv/b/client-cert.pem', serverCertificate),
          file('/etc/pki/libvirt-backup/client-cert.pem', serverCertificate),
        ],
        facts: elsewhere('/srv/b/client-cert.pem'),
      },
      {
        name: 'for backups',
        documents: [file('/etc/pki/libvirt-backup/client-cert.pem', serverCertificate)],
        facts: elsewhere('/etc/pki/libvirt-backup/client-cert.pem'),
      },
      {
        name: 'the proxy’s own, in place of the standard one; libvirtd’s counts for nothing beside virtqemud',
        documents: [
          file('/etc/libvirt/libvirtd.conf', 'cert_file = "/srv/libvirtd.pem"\n'),
          file('/etc/libvirt/virtproxyd.conf', 'cert_file = "/srv/proxy.pem"\n'),
          file('/srv/libvirtd.pem', serverCertificate),
          file('/srv/proxy.pem', serverCertificate),
          ...one,
        ],
        facts: elsewhere('/srv/proxy.pem'),
      },
    ],
  );
  holds(
    (tree) => certificates(tree, libvirtd, serving, undefined),
    [
      {
        name: 'qemu.conf, which may name another folder, may not be read',
        documents: [unreadable('/etc/libvirt/qemu.conf')],
        facts: { certificates: [], dhParameters: [] },
        unknown: ['/host/certificates', '/host/dhParameters'],
      },
    ],
  );
  holds(
    (tree) => certificates(tree, libvirtd, serving, undefined),
    [
      {
        name: 'nobody knows the time',
        documents: one,
        facts: { certificates: [key], dhParameters: [] },
        unknown: unknown.slice(2),
      },
      {
        name: 'no certificate in it',
        documents: [file(server, 'x'), file('/etc/pki/qemu/dh-params.pem', '')],
        facts: { certificates: [{ path: server }], dhParameters: ['/etc/pki/qemu/dh-params.pem'] },
        unknown,
      },
      {
        name: 'unreadable, both',
        documents: [unreadable(server), unreadable('/etc/pki/qemu/dh-params.pem')],
        facts: { certificates: [{ path: server }], dhParameters: [] },
        unknown: [...unknown, '/host/dhParameters'],
      },
    ],
  );
});
