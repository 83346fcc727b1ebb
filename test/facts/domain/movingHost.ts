import type { Document } from '../../../src/model/document.ts';
import type { UpgradeTarget } from '../../../src/model/upgradeTarget.ts';
import { directory, file } from '../host/documents.ts';

const xml = (machine: string) => `<domain type='kvm'><name>moving</name>
  <uuid>5a1f1c3e-6f0e-4c55-9c9b-0d4c2f0a7a21</uuid>
  <os><type arch='x86_64' machine='${machine}'>hvm</type></os>
  <cpu mode='custom' check='full'><model>Penryn</model></cpu>
  <devices><emulator>/usr/bin/qemu-system-x86_64</emulator><video><model type='qxl'/></video></devices></domain>`;

const state = '/var/lib/libvirt/qemu';

/** A domain with a saved state and a snapshot, which `nowhere` offers nothing of. */
export const moving: readonly Document[] = [
  { kind: 'domain', origin: 'x', definition: 'live', state: 'running', text: xml('pc-i440fx-1.0') },
  { kind: 'domain', origin: 'x', definition: 'config', state: 'running', text: xml('pc-i440fx-6.2') },
  directory(`${state}/save`),
  directory(`${state}/snapshot/moving`),
  file(`${state}/save/moving.save`, xml('pc-i440fx-1.0')),
  file(`${state}/snapshot/moving/a.xml`, `<domainsnapshot><name>a</name>${xml('pc-i440fx-1.0')}</domainsnapshot>`),
];

/** A target that has neither KVM, nor the emulator, nor the console, and what it has is deprecated. */
export const nowhere: UpgradeTarget = {
  name: 'nowhere',
  documents: [
    file('/etc/apparmor.d/usr.sbin.libvirtd', 'profile libvirtd {\n  please allow,\n}\n'),
    {
      kind: 'capabilities',
      origin: 'x',
      text: `<capabilities><host><cpu><arch>x86_64</arch></cpu></host><guest><os_type>hvm</os_type><arch name='x86_64'>
        <emulator>/usr/libexec/qemu-kvm</emulator><machine deprecated='yes'>pc-i440fx-6.2</machine>
        <domain type='qemu'/></arch></guest></capabilities>`,
    },
    {
      kind: 'domcapabilities',
      origin: 'x',
      text: `<domainCapabilities><path>/usr/bin/qemu-system-x86_64</path><domain>kvm</domain><machine>pc-i440fx-6.2</machine><arch>x86_64</arch>
        <cpu><mode name='custom' supported='yes'><model usable='no' deprecated='yes'>Penryn</model></mode></cpu>
        <devices><video supported='no'/></devices></domainCapabilities>`,
    },
  ],
};

const shipped = 'profile libvirtd {\n  /** rw,\n  include if exists <local/usr.sbin.libvirtd>\n}\n';

/** A target with libvirt's policy as it is shipped, and nothing else. */
const stock: UpgradeTarget = { name: 'stock', documents: [file('/etc/apparmor.d/usr.sbin.libvirtd', shipped)] };

const status = `Package: libvirt-daemon-system
Status: install ok installed
Conffiles:
 /etc/apparmor.d/usr.sbin.libvirtd 00000000000000000000000000000000
`;

/** Hosts and their targets: between them there is something wrong with everything that a target is asked for. */
export const upgrades: readonly (readonly [readonly Document[], UpgradeTarget])[] = [
  [moving, nowhere],
  [[...moving, file('/etc/apparmor.d/local/usr.sbin.libvirtd', 'please allow,\n')], stock],
  [
    [
      ...moving,
      file('/var/lib/dpkg/status', status),
      file('/etc/apparmor.d/usr.sbin.libvirtd', 'profile libvirtd {\n  please allow,\n}\n'),
      file('/etc/apparmor.d/local/usr.sbin.libvirtd', 'deny /var/lib/libvirt/qemu/** w,\n'),
    ],
    stock,
  ],
];
