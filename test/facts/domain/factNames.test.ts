import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assemble, parseDomains } from '../../../src/facts/assemble.ts';
import { agentName } from '../../../src/facts/domain/channels/channels.ts';
import { factNames, neverMissing } from '../../../src/facts/factNames.ts';
import type { Document } from '../../../src/model/document.ts';
import type { Json } from '../../../src/model/json.ts';
import { defaultParameters } from '../../../src/model/parameters.ts';
import { valueAt } from '../../../src/model/pointer.ts';
import { serverCertificate } from '../host/certificateText.ts';
import { directory, file, link } from '../host/documents.ts';
import { channel, domainDocument } from './domainXml.ts';
import { upgrades } from './movingHost.ts';
import { upgrading } from './upgradingXml.ts';

const agent = channel({ name: agentName });
const at = (name: string, path: string) => channel({ name, path });
const nic = "<interface type='bridge'><mac address='52:54:00:00:00:01'/></interface>";
const vnc = "<graphics type='vnc'/>";
const pcie = "<controller type='pci' index='0' model='pcie-root'/>";
const generated = '/var/lib/libvirt/qemu/channel/target/web.c';
const disk = (path: string) => `<disk type='file' device='disk'><source file='${path}'/><target dev='vda'/></disk>`;
const sockets = agent + at('a', '/srv/a') + at('b', '/locked/b') + at('c', generated);
const shared = "<filesystem type='mount'><source dir='/srv/x'/><target dir='x'/></filesystem>";
const ofPool = "<disk type='volume'><source pool='p' volume='v'/><target dev='vdb'/></disk>";
const devices = ofPool + shared + sockets + nic + pcie + vnc + disk('/srv/web [1].img');
const uuid = '5a1f1c3e-6f0e-4c55-9c9b-0d4c2f0a7a01';
const own = `profile libvirt-${uuid} {
  /** rw,
  /bin/sh ux,
  priority=1 /x w,
  deny /x w,
  deny /run/libvirt/qemu/x w,
}
`;

/** A host and domains about which everything is known that can be. */
const rich: readonly Document[] = [
  domainDocument(devices, { definition: 'live', state: 'running', called: 'r-4-VM' }),
  domainDocument(devices, { state: 'running', called: 'r-4-VM' }),
  domainDocument(
    `${devices}<disk type='file'><driver type='raw'/><source file='/srv/old.qcow2'/></disk>${disk('/srv/db.img')}${disk('/etc/db.img')}`,
    {
      called: 'db',
      id: '2',
    },
  ),
  {
    kind: 'agent',
    origin: 'x',
    name: 'r-4-VM',
    text: JSON.stringify({
      'guest-info': { return: { version: '7.2.22', supported_commands: [{ name: 'guest-get-time', enabled: true }] } },
    }),
  },
  upgrading('live'),
  upgrading('config'),
  { kind: 'version', origin: 'x', text: 'Running hypervisor: QEMU 8.0.0\nRunning against daemon: 10.0.0\n' },
  {
    kind: 'capabilities',
    origin: 'x',
    text: `<capabilities>
      <host><cpu><arch>x86_64</arch></cpu><secmodel><model>apparmor</model><doi>0</doi></secmodel></host>
      <guest><os_type>hvm</os_type><arch name='x86_64'>
        <machine>pc-i440fx-4.1</machine><machine canonical='pc-i440fx-4.1'>pc</machine><domain type='kvm'/>
      </arch></guest>
    </capabilities>`,
  },
  file('/etc/hostname', 'kvm1\n'),
  file('/etc/passwd', 'root:x:0:0::/:\nlibvirt-qemu:x:64055:108::/:\n'),
  file(
    '/etc/libvirt/qemu.conf',
    `security_driver = "apparmor"
group = "kvm"
security_default_confined = 1
swtpm_user = "swtpm"
stdio_handler = "logd"
capability_filters = [ "blockdev" ]
deprecation_behavior = "none"
seccomp_sandbox = 1
namespaces = [ "mount" ]
cgroup_controllers = [ "cpu" ]
cgroup_device_acl = [ "/dev/null" ]
relaxed_acs_check = 0
dump_guest_core = 0
max_core = 0
vnc_listen = "127.0.0.1"
vnc_auto_unix_socket = 0
spice_auto_unix_socket = 0
vnc_tls = 1
spice_listen = "127.0.0.1"
spice_tls = 1
migrate_tls_force = 1
migration_address = "10.1.1.11"
auto_shutdown_try_save = "none"
auto_shutdown_try_shutdown = "none"
auto_shutdown_poweroff = "none"
`,
  ),
  file(
    '/etc/libvirt/libvirtd.conf',
    'auth_unix_rw = "none"\naudit_level = 1\nlog_level = 3\nlog_filters = "4:event"\nlog_outputs = "3:stderr"\n',
  ),
  file('/etc/libvirt/virtlogd.conf', 'max_size = 1048576\n'),
  { ...file('/run/libvirt/libvirt-sock', ''), mode: 0o660, uid: 0, gid: 0 },
  link('/etc/systemd/system/sockets.target.wants/libvirtd-tls.socket', '/lib/systemd/system/libvirtd-tls.socket'),
  link('/etc/systemd/system/multi-user.target.wants/chrony.service', '/lib/systemd/system/chrony.service'),
  directory('/dev'),
  file('/sys/fs/cgroup/cgroup.controllers', 'cpu memory\n'),
  file('/proc/cpuinfo', 'vendor_id\t: GenuineIntel\nflags\t\t: fpu vmx\n'),
  file(
    '/var/lib/dpkg/status',
    'Package: intel-microcode\nStatus: install ok installed\nVersion: 3.2\nConffiles:\n /etc/apparmor.d/x 00000000000000000000000000000000\n',
  ),
  file('/sys/devices/system/cpu/vulnerabilities/mds', 'Not affected\n'),
  file('/sys/module/kvm_intel/parameters/nested', 'Y\n'),
  file('/sys/kernel/mm/ksm/run', '0\n'),
  file('/sys/fs/selinux/enforce', '0\n'),
  directory('/etc/libvirt'),
  directory('/etc/libvirt/hooks'),
  { ...file('/etc/libvirt/hooks/qemu', 'cat /dev/vport0p1\n'), mode: 0o755, uid: 0, gid: 0 },
  file('/etc/pki/libvirt/servercert.pem', serverCertificate),
  file('/etc/pki/qemu/dh-params.pem', ''),
  file('/etc/cloudstack/agent/agent.properties', 'qemu.sockets.path=/srv\n'),
  directory('/sys/module'),
  file('/sys/module/apparmor/parameters/enabled', 'Y\n'),
  file('/sys/kernel/security/apparmor/profiles', 'libvirtd (enforce)\nvirt-aa-helper (enforce)\n'),
  file('/etc/apparmor.d/usr.sbin.libvirtd', 'profile libvirtd {\n  /** rw,\n  deny /locked/** w,\n}\n'),
  file(
    '/etc/apparmor.d/usr.lib.libvirt.virt-aa-helper',
    'profile virt-aa-helper {\n  include <local/usr.lib.libvirt.virt-aa-helper>\n}\n',
  ),
  file('/var/log/kern.log', 'audit: apparmor="DENIED" operation="capable" profile="libvirtd" capname="net_raw"'),
  file('/etc/apparmor.d/disable/usr.sbin.libvirtd', ''),
  file('/etc/apparmor.d/force-complain/usr.sbin.libvirtd', ''),
  link('/etc/apparmor.d/disable/usr.sbin.virtqemud', '/nowhere'),
  file('/etc/apparmor.d/usr.sbin.virtqemud', 'please\n'),
  file('/etc/apparmor.d/local/abstractions/libvirt-qemu', '/x rw,\n'),
  file('/etc/apparmor.d/local/usr.lib.libvirt.virt-aa-helper', 'deny /run/libvirt/qemu/x w,\n'),
  file('/etc/apparmor.d/libvirt/TEMPLATE.qemu', 'profile LIBVIRT_TEMPLATE {\n}\n'),
  file(`/etc/apparmor.d/libvirt/libvirt-${uuid}`, own),
  file('/etc/apparmor.d/libvirt/libvirt-00000000-6f0e-4c55-9c9b-0d4c2f0a7a01', ''),
  file('/sys/kernel/security/lsm', 'yama,apparmor\n'),
  file('/proc/812/comm', 'libvirtd\n'),
  file('/proc/812/attr/current', 'libvirtd (enforce)\n'),
  file('/proc/812/cmdline', '/usr/sbin/libvirtd\0-v\0'),
  directory('/proc/1'),
  link('/proc/900/exe', '/usr/bin/qemu-system-x86_64'),
  file('/proc/901/cmdline', '/usr/bin/qemu-system-x86_64\0-uuid\x005a1f1c3e-6f0e-4c55-9c9b-0d4c2f0a7a0b\0'),
  link('/proc/901/exe', '/usr/bin/qemu-system-x86_64'),
  directory('/var/lib/libvirt/qemu'),
  file(
    '/var/lib/libvirt/qemu/snapshot/old/first.xml',
    `<domainsnapshot><name>first</name><memory snapshot='internal'/>
      <domain type='kvm'><os><type arch='x86_64' machine='pc'>hvm</type></os></domain></domainsnapshot>`,
  ),
  file('/proc/900/cmdline', '/usr/bin/qemu-system-x86_64\0-uuid\x005a1f1c3e-6f0e-4c55-9c9b-0d4c2f0a7a01\0'),
  file('/proc/900/attr/current', 'libvirt-5a1f1c3e-6f0e-4c55-9c9b-0d4c2f0a7a01 (enforce)\n'),
  link('/srv', '/data'),
  directory('/data'),
  file('/data/old.qcow2', '{"format":"qcow2"}'),
];

/** Every place in `value` that holds text, a number or a truth; `*` stands for any index. */
const leaves = (value: Json, at = ''): string[] => {
  if (Array.isArray(value)) return value.flatMap((item: Json) => leaves(item, `${at}/*`));
  if (typeof value !== 'object' || value === null) return [at];
  return Object.entries(value).flatMap(([name, inner]) => leaves(inner, `${at}/${name}`));
};

const parameters = { ...defaultParameters, socketsPath: '/srv', systemVmName: '^r-' };
const { subjects } = assemble(parseDomains(rich), rich, parameters, { now: new Date('2026-01-01T00:00:00Z') });
const onTarget = upgrades.flatMap(
  ([documents, target]) => assemble(parseDomains(documents), documents, parameters, { target }).subjects,
);

const factsOf = (kind: 'domain' | 'host'): string[] => {
  const found = [...subjects, ...onTarget]
    .filter(({ target }) => target.kind === kind)
    .flatMap(({ facts }) => leaves(facts));
  const inner = kind === 'domain' ? found.filter((name) => !/^\/(domain|host|parameters)\//.test(name)) : found;
  return [...new Set(inner)].sort();
};

test('every fact of a domain has its name, and every name its fact', () =>
  assert.deepEqual(factsOf('domain'), [...factNames.domain].sort()));

test('every fact of the host has its name, and every name its fact', () =>
  assert.deepEqual(factsOf('host'), [...factNames.host].sort()));

test('a domain’s facts hold the host’s', () => {
  const [host, domain] = subjects;
  assert.deepEqual(domain?.facts.host, host?.facts.host);
});

test('nothing is unknown of it but what libvirt does not say', () => {
  const unknown = new Set(subjects.flatMap((subject) => subject.unknown.map(({ at }) => at)));
  assert.deepEqual([...unknown], ['/domain/devices/channel/0/target/@state']);
});

const bare: readonly Document[] = [domainDocument('', { definition: 'live' }), domainDocument('')];

for (const [name, documents] of Object.entries({ 'much is known': rich, 'little is known': bare })) {
  test(`where ${name}, nothing is missing, unless unknown, where rules rely on it`, () => {
    const domains = assemble(parseDomains(documents), documents, parameters).subjects.filter(
      ({ target }) => target.kind === 'domain',
    );
    assert.ok(domains.length > 1);
    for (const { facts, unknown } of domains) {
      const known = new Set(unknown.map(({ at }) => at));
      assert.deepEqual(
        [...neverMissing].filter((at) => !known.has(at) && valueAt(facts, at) === undefined),
        [],
      );
    }
  });
}
