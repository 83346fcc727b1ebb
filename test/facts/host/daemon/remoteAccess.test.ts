import assert from 'node:assert/strict';
import { test } from 'node:test';
import { daemonOf } from '../../../../src/facts/host/daemon/daemon.ts';
import { remoteAccess } from '../../../../src/facts/host/daemon/remoteAccess.ts';
import { createHostTree } from '../../../../src/facts/host/hostTree.ts';
import type { Document } from '../../../../src/model/document.ts';
import { directory, file, link, unreadable } from '../documents.ts';

const conf = (text: string) => file('/etc/libvirt/libvirtd.conf', text);
const started = (...words: string[]) => [
  file('/proc/812/comm', 'libvirtd\n'),
  file('/proc/812/cmdline', ['/usr/sbin/libvirtd', ...words, ''].join('\0')),
];
const enabled = (unit: string) =>
  link(`/etc/systemd/system/sockets.target.wants/${unit}`, `/lib/systemd/system/${unit}`);
const packagedUnit = file(
  '/lib/systemd/system/libvirtd.service',
  '[Service]\nEnvironment=LIBVIRTD_ARGS="--timeout 120"\nEnvironmentFile=-/etc/default/libvirtd\nExecStart=/usr/sbin/libvirtd $LIBVIRTD_ARGS\n',
);
const dropIn = (text: string) => file('/etc/systemd/system/libvirtd.service.d/x.conf', text);
const listens = (table: string, local: string) => file(table, `   0: ${local} 00000000:0000 0A`);
const masked = (unit: string) => link(`/etc/systemd/system/${unit}`, '/dev/null');

const itself = 'libvirtd --listen';
const tcp = (by: string, auth = 'none') => ({ transport: 'tcp', by, auth });
const tls = (by: string, verifiesClients = true) => ({ transport: 'tls', by, auth: 'none', verifiesClients });
const open = conf('listen_tcp = 1\nlisten_tls = 0\nauth_tcp = "none"\n');

const cases: readonly { name: string; documents: readonly Document[]; remote: unknown; unknown?: readonly string[] }[] =
  [
    { name: 'a host without libvirt', documents: [], remote: [] },
    { name: 'listen_tcp without --listen', documents: [open, ...started('--timeout', '120')], remote: [] },
    { name: '--listen', documents: [open, ...started('--listen')], remote: [tcp(itself)] },
    { name: '-l among other letters', documents: [open, ...started('-dl')], remote: [tcp(itself)] },
    { name: 'no letter of -l', documents: [open, ...started('--log', '-fl', 'l')], remote: [] },
    {
      name: '--listen: TLS is on where nothing is said, TCP off',
      documents: [conf(''), ...started('-l')],
      remote: [tls(itself)],
    },
    {
      name: 'arguments for the next start, when it does not run',
      documents: [open, file('/etc/sysconfig/libvirtd', '# x\nLIBVIRTD_ARGS="-v --listen"\n')],
      remote: [tcp(itself)],
    },
    {
      name: 'the variable of Ubuntu’s unit until 20.04, where the unit is not known',
      documents: [open, file('/etc/default/libvirtd', 'libvirtd_opts="-l"\n')],
      remote: [tcp(itself)],
    },
    {
      name: 'the same where the unit has no such variable',
      documents: [open, packagedUnit, file('/etc/default/libvirtd', 'libvirtd_opts="-l"\n')],
      remote: [],
    },
    {
      name: 'the last of two values counts',
      documents: [open, packagedUnit, file('/etc/default/libvirtd', 'LIBVIRTD_ARGS=--listen\nLIBVIRTD_ARGS="-v"\n')],
      remote: [],
    },
    {
      name: 'a drop-in with a command of its own',
      documents: [open, packagedUnit, dropIn('[Service]\nExecStart=\nExecStart=/usr/sbin/libvirtd --listen\n')],
      remote: [tcp(itself)],
    },
    {
      name: 'a drop-in with arguments in the environment',
      documents: [open, packagedUnit, dropIn('[Service]\nEnvironment=A=b "LIBVIRTD_ARGS=-v --listen"\n')],
      remote: [tcp(itself)],
    },
    {
      name: 'a unit in place of the packaged one',
      documents: [
        open,
        packagedUnit,
        file('/etc/systemd/system/libvirtd.service', '[Service]\nExecStart=/usr/sbin/libvirtd \\\n  -l $NOTHING\n'),
      ],
      remote: [tcp(itself)],
    },
    {
      name: 'a drop-in that may not be read',
      documents: [open, unreadable('/etc/systemd/system/libvirtd.service.d/x.conf')],
      remote: [],
      unknown: ['/host/remote'],
    },
    {
      name: 'a socket that another unit starts (systemctl add-wants)',
      documents: [
        open,
        ...started('--timeout', '120'),
        link(
          '/etc/systemd/system/libvirtd.service.wants/libvirtd-tcp.socket',
          '/lib/systemd/system/libvirtd-tcp.socket',
        ),
      ],
      remote: [tcp('libvirtd-tcp.socket')],
    },
    {
      name: 'a socket that a drop-in starts',
      documents: [open, dropIn('[Unit]\nWants=cron.service libvirtd-tcp.socket\n')],
      remote: [tcp('libvirtd-tcp.socket')],
    },
    {
      name: 'a socket that is masked, and a drop-in that wants it',
      documents: [open, dropIn('[Unit]\nWants=libvirtd-tcp.socket\n'), masked('libvirtd-tcp.socket')],
      remote: [],
    },
    {
      name: 'a socket that was started by hand',
      documents: [open, ...started('--timeout', '120'), listens('/proc/1/net/tcp6', `${'0'.repeat(32)}:407D`)],
      remote: [tcp('port 16509')],
    },
    {
      name: 'the proxy’s, started by hand, whose file counts beside virtqemud',
      documents: [
        open,
        file('/proc/812/comm', 'virtqemud\n'),
        file('/etc/libvirt/virtproxyd.conf', ''),
        listens('/proc/1/net/tcp', '00000000:4082'),
      ],
      remote: [tls('port 16514')],
    },
    {
      name: 'somebody else’s port, on a host without libvirt',
      documents: [listens('/proc/1/net/tcp', '00000000:407D')],
      remote: [],
    },
    {
      name: 'what listens may not be read',
      documents: [open, ...started('--timeout', '120'), unreadable('/proc/1/net/tcp')],
      remote: [],
      unknown: ['/host/remote'],
    },
    {
      name: 'a comment is no argument',
      documents: [open, file('/etc/default/libvirtd', '#LIBVIRTD_ARGS="--listen"\n')],
      remote: [],
    },
    {
      name: 'what runs counts more than what would be started',
      documents: [open, ...started('--timeout', '0'), file('/etc/default/libvirtd', 'LIBVIRTD_ARGS=--listen\n')],
      remote: [],
    },
    {
      name: 'an enabled socket, whatever listen_tcp says; SASL where nothing else is said',
      documents: [conf('listen_tcp = 0\n'), enabled('libvirtd-tcp.socket')],
      remote: [tcp('libvirtd-tcp.socket', 'sasl')],
    },
    {
      name: 'a masked one',
      documents: [open, enabled('libvirtd-tcp.socket'), masked('libvirtd-tcp.socket')],
      remote: [],
    },
    {
      name: 'the proxy’s sockets, with its own file',
      documents: [
        open,
        file('/etc/libvirt/virtproxyd.conf', 'tls_no_verify_certificate = 1\n'),
        enabled('virtproxyd-tls.socket'),
      ],
      remote: [tls('virtproxyd-tls.socket', false)],
    },
    {
      name: 'an unreadable file',
      documents: [unreadable('/etc/libvirt/libvirtd.conf')],
      remote: [],
      unknown: ['/host/remote'],
    },
    {
      name: 'unreadable units',
      documents: [conf(''), directory('/etc/systemd/system'), unreadable('/etc/systemd/system/sockets.target.wants')],
      remote: [],
      unknown: ['/host/remote'],
    },
  ];

for (const { name, documents, remote, unknown = [] } of cases) {
  test(name, () => {
    const tree = createHostTree(documents);
    const learnt = remoteAccess(tree, daemonOf(tree));
    assert.deepEqual(learnt.facts, { remote });
    assert.deepEqual(
      learnt.unknown.map(({ at }) => at),
      unknown,
    );
  });
}
