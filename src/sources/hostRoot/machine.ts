import { posix } from 'node:path';
import type { HostDocument } from '../../model/document.ts';
import { certificates } from './certificates.ts';
import { listening } from './listening.ts';
import type { RootReader } from './rootReader.ts';
import { units } from './units.ts';

/** Of the kernel: what it offers to QEMU, and how it is set. Devices are seen, never opened. */
const kernel = [
  '/sys/module',
  '/dev',
  '/dev/kvm',
  '/dev/vhost-net',
  '/dev/net/tun',
  '/sys/fs/cgroup/cgroup.controllers',
  '/proc/cgroups',
  '/sys/module/kvm_intel/parameters/nested',
  '/sys/module/kvm_amd/parameters/nested',
  '/sys/kernel/mm/ksm/run',
  '/sys/fs/selinux/enforce',
];

/** How the daemons are started, and the sockets of those that run (libvirt's daemons.rst). */
const daemons = [
  '/etc/default/libvirtd',
  '/etc/sysconfig/libvirtd',
  '/run/libvirt/libvirt-sock',
  ...['interface', 'lxc', 'network', 'nodedev', 'nwfilter', 'qemu', 'secret', 'storage', 'vbox', 'xen'].map(
    (driver) => `/run/libvirt/virt${driver}d-sock`,
  ),
];

const directories = [
  '/etc/libvirt/qemu',
  '/var/lib/libvirt/boot',
  '/var/lib/libvirt/images',
  '/var/lib/libvirt/qemu/nvram',
  '/var/lib/libvirt/qemu/save',
  '/var/lib/libvirt/qemu/snapshot',
  '/var/cache/libvirt/qemu',
  '/run/libvirt/qemu',
];

/** Nobody has more hooks than this; a folder full of something else is not read through. */
const maxHooks = 64;

const vulnerabilities = '/sys/devices/system/cpu/vulnerabilities';

const lookInto = (reader: RootReader, folder: string, wanted: (name: string) => boolean): void => {
  for (const name of reader.names(folder)) if (wanted(name)) reader.look(posix.join(folder, name));
};

const hooks = (reader: RootReader): void => {
  const folder = '/etc/libvirt/hooks';
  const paths = reader.names(folder).flatMap((name) => {
    const path = posix.join(folder, name);
    return name.endsWith('.d') ? [path, ...reader.names(path).map((inner) => posix.join(path, inner))] : [path];
  });
  for (const path of paths.slice(0, maxHooks)) reader.look(path);
};

/** /proc/cpuinfo cut to its first processor, on large machines a thousandth. */
const cpuinfo = (reader: RootReader): HostDocument[] => {
  const text = reader.peek('/proc/cpuinfo');
  return text === undefined ? [] : [{ kind: 'file', origin: '/proc/cpuinfo', text: text.split('\n\n')[0] ?? '' }];
};

/**
 * What of the machine and of the daemons' surroundings facts are drawn from: a bounded number of small files.
 *
 * @returns documents that are only part of a file
 */
export const machine = (reader: RootReader): HostDocument[] => {
  for (const path of [...kernel, ...daemons, ...directories]) reader.look(path);
  // One group tells that there are groups.
  const [group] = reader.names('/sys/kernel/iommu_groups');
  if (group !== undefined) reader.look(`/sys/kernel/iommu_groups/${group}`);
  lookInto(reader, vulnerabilities, () => true);
  units(reader);
  listening(reader);
  certificates(reader);
  hooks(reader);
  return cpuinfo(reader);
};
