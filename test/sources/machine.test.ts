import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { HostDocument } from '../../src/model/document.ts';
import { machine } from '../../src/sources/hostRoot/machine.ts';
import { createRootReader } from '../../src/sources/hostRoot/rootReader.ts';
import { type Entries, madeUpRoot } from './madeUpRoot.ts';

const files = (root: string): HostDocument[] => {
  const documents: HostDocument[] = [];
  const parts = machine(createRootReader(root, (document) => documents.push(document)));
  return [...documents, ...parts].filter(({ kind }) => kind !== 'directory');
};

const entries: Entries = {
  'dev/kvm': '',
  'dev/sda': 'never read',
  'proc/cpuinfo': 'processor : 0\nflags : vmx\n\nprocessor : 1\nflags : vmx\n\n',
  'proc/cgroups': '',
  'sys/devices/system/cpu/vulnerabilities/mds': 'Not affected\n',
  'sys/kernel/iommu_groups/0/devices': null,
  'sys/kernel/iommu_groups/1/devices': null,
  'etc/default/libvirtd': '',
  'etc/default/grub': '',
  'etc/systemd/system/libvirtd-tcp.socket': { link: '/dev/null' },
  'etc/systemd/system/sockets.target.wants/virtproxyd-tls.socket': { link: '/lib/x' },
  'etc/systemd/system/multi-user.target.wants/cron.service': { link: '/lib/x' },
  'etc/systemd/system/multi-user.target.wants/phc2sys@eth0.service': { link: '/lib/x' },
  'etc/systemd/system/libvirtd.service.wants/libvirtd-tcp.socket': { link: '/lib/x' },
  'etc/systemd/system/libvirtd.service.d/x.conf': '',
  'etc/systemd/system/ssh.service.d/x.conf': '',
  'usr/lib/systemd/system/libvirtd.service': '',
  'proc/1/net/tcp': [
    '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode',
    '   0: 00000000:407D 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 638 1 0 100 0 0 10 0',
    '   1: 00000000:0016 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 639 1 0 100 0 0 10 0',
    '   2: 0100007F:4082 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 641 1 0 100 0 0 10 0',
    '   3: 0100007F:407D 0100007F:A56D 01 00000000:00000000 00:00000000 00000000     0        0 640 1 0 100 0 0 10 0',
    '',
  ].join('\n'),
  'etc/pki/CA/cacert.pem': '',
  'etc/pki/libvirt/servercert.pem': '',
  'etc/pki/libvirt/serverkey.pem': 'SECRET',
  'etc/pki/libvirt/private/serverkey.pem': 'SECRET',
  'etc/pki/qemu/server-cert.pem': '',
  'etc/pki/qemu/server-key.pem': 'SECRET',
  'etc/pki/qemu/dh-params.pem': '',
  'etc/libvirt/qemu.conf':
    '#vnc_tls_x509_cert_dir = "/srv/none"\ndefault_tls_x509_cert_dir = "/srv/tls"; chardev_tls_x509_cert_dir="/srv/loop"\n',
  'etc/libvirt/libvirtd.conf': 'key_file = "/srv/host.key"\ncert_file = "/srv/host.pem"\n',
  'srv/none/server-cert.pem': '',
  'srv/tls/server-cert.pem': '',
  'srv/tls/server-key.pem': 'SECRET',
  'srv/host.key': 'SECRET',
  'srv/host.pem':
    '-----BEGIN PRIVATE KEY-----\nSECRET\n-----END PRIVATE KEY-----\n' +
    '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n-----BEGIN CERTIFICATE-----\n',
  'srv/loop': { link: '/srv/loop' },
  'etc/libvirt/hooks/qemu': '',
  'etc/libvirt/hooks/qemu.d/10-route': '',
  'var/lib/libvirt/images/web.qcow2': 'never read',
};

test('what facts are drawn from, and never a key, an image or a device', (context) => {
  const found = files(madeUpRoot(context, entries));
  assert.deepEqual(
    found.map(({ origin }) => origin),
    [
      '/dev/kvm',
      '/proc/cgroups',
      '/etc/default/libvirtd',
      '/sys/devices/system/cpu/vulnerabilities/mds',
      '/etc/systemd/system/libvirtd-tcp.socket',
      '/etc/systemd/system/libvirtd.service.wants/libvirtd-tcp.socket',
      '/etc/systemd/system/multi-user.target.wants/phc2sys@eth0.service',
      '/etc/systemd/system/sockets.target.wants/virtproxyd-tls.socket',
      '/usr/lib/systemd/system/libvirtd.service',
      '/etc/systemd/system/libvirtd.service.d/x.conf',
      '/proc/1/net/tcp',
      '/etc/pki/CA/cacert.pem',
      '/etc/pki/libvirt/servercert.pem',
      '/etc/pki/qemu/dh-params.pem',
      '/etc/pki/qemu/server-cert.pem',
      '/srv/tls/server-cert.pem',
      '/srv/loop',
      '/srv/host.pem',
      '/etc/libvirt/hooks/qemu',
      '/etc/libvirt/hooks/qemu.d/10-route',
      '/proc/cpuinfo',
    ],
  );
  const last = found.at(-1);
  assert.equal(last?.kind === 'file' && last.text, 'processor : 0\nflags : vmx');
});

test('of a file with a certificate, the certificate', (context) => {
  const found = files(madeUpRoot(context, entries));
  const host = found.find(({ origin }) => origin === '/srv/host.pem');
  assert.equal(host?.kind === 'file' && host.text, '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----');
  assert.ok(!JSON.stringify(found).includes('SECRET'));
});

test('of what listens, libvirt’s ports alone', (context) => {
  const found = files(madeUpRoot(context, entries)).find(({ origin }) => origin === '/proc/1/net/tcp');
  assert.equal(
    found?.kind === 'file' && found.text,
    '   0: 00000000:407D 00000000:0000 0A\n   2: 0100007F:4082 00000000:0000 0A',
  );
});

test('a folder full of other things than hooks is not read through', (context) => {
  const many = Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`etc/libvirt/hooks/${index}`, '']));
  assert.equal(files(madeUpRoot(context, many)).length, 64);
});
