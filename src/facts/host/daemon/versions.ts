import type { Document } from '../../../model/document.ts';
import type { HostTree } from '../hostTree.ts';

/** The versions that decide who creates a channel's socket, as `major.minor.micro`. */
export interface Versions {
  libvirt?: string;
  qemu?: string;
}

/** Why what depends on libvirt's version is unknown. */
export const noVersion = 'libvirt’s version is not known; virsh version --daemon tells it';

/** The upstream part of a Debian version: without epoch and revision (deb-version(7)). */
const upstream = (version: string): string | undefined => /^(?:\d+:)?(\d+(?:\.\d+)*)/.exec(version)?.[1];

/** The upstream version of the first of these packages that dpkg's status file has installed. */
export const packaged = (status: string, names: readonly string[]): string | undefined => {
  for (const stanza of status.split('\n\n')) {
    const name = /^Package: (.*)$/m.exec(stanza)?.[1];
    if (name === undefined || !names.includes(name) || !/^Status: .* installed$/m.test(stanza)) continue;
    return upstream(/^Version: (.*)$/m.exec(stanza)?.[1] ?? '');
  }
  return undefined;
};

/** What the daemon says (`virsh version --daemon`), else what dpkg has installed. */
export const versions = (documents: readonly Document[], tree: HostTree): Versions => {
  const said = documents.find(({ kind }) => kind === 'version');
  const text = said !== undefined && 'text' in said ? said.text : '';
  const status = tree.read('/var/lib/dpkg/status');
  const dpkg = status !== undefined && 'text' in status ? status.text : '';
  const libvirt =
    /^Running against daemon: ([\d.]+)$/m.exec(text)?.[1] ?? packaged(dpkg, ['libvirt-daemon', 'libvirt0']);
  const qemu =
    /^Running hypervisor: QEMU ([\d.]+)$/m.exec(text)?.[1] ??
    packaged(dpkg, ['qemu-system-x86', 'qemu-system-arm', 'qemu-system-common']);
  return { ...(libvirt === undefined ? {} : { libvirt }), ...(qemu === undefined ? {} : { qemu }) };
};

/** True when `version` is `major.minor` or later. */
export const isAtLeast = (version: string, major: number, minor: number): boolean => {
  const [a = 0, b = 0] = version.split('.').map(Number);
  return a > major || (a === major && b >= minor);
};
