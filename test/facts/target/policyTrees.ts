import { createHash } from 'node:crypto';
import type { Document } from '../../../src/model/document.ts';
import { file } from '../host/documents.ts';

/** Policy files by their paths below /etc/apparmor.d. */
export type PolicyTree = Readonly<Record<string, string>>;

const daemon = (rules: string) => `abi <abi/3.0>,
include <tunables/global>
profile libvirtd /usr/sbin/libvirtd flags=(attach_disconnected) {
  include <abstractions/base>
  ${rules}
  include if exists <local/usr.sbin.libvirtd>
}
`;

const common: PolicyTree = {
  'abi/3.0': 'policy {\n  file {yes\n  }\n}\n',
  'libvirt/TEMPLATE.qemu': `include <tunables/global>
profile LIBVIRT_TEMPLATE flags=(attach_disconnected) {
  include <abstractions/libvirt-qemu>
}
`,
  'abstractions/base': '/etc/ld.so.cache r,\n',
  'abstractions/libvirt-qemu': '/dev/kvm rw,\ninclude if exists <abstractions/libvirt-qemu.d>\n',
};

/** What packages bring to the host of today: a variable and an abstraction that are soon to be gone. */
export const shippedHere: PolicyTree = {
  ...common,
  'tunables/global': '@{run}=/run\n@{gone}=/srv\ninclude if exists <tunables/global.d>\n',
  'abstractions/gone': '/srv/gone/** rw,\n',
  'usr.sbin.libvirtd': daemon('@{gone}/** r,\n  /** rwmkl,'),
};

/** What they bring to the upgraded one. */
export const shippedThere: PolicyTree = {
  ...common,
  'tunables/global': '@{run}=/run\ninclude if exists <tunables/global.d>\n',
  'usr.sbin.libvirtd': daemon('@{run}/** rw,\n  /** rwmkl,'),
  'local/usr.sbin.libvirtd': '',
};

const md5 = (text: string) => createHash('md5').update(text).digest('hex');

/** dpkg's status of a host that those files were shipped to. */
export const status = (shipped: PolicyTree): Document =>
  file(
    '/var/lib/dpkg/status',
    `Package: libvirt-daemon-system\nStatus: install ok installed\nConffiles:\n${Object.entries(shipped)
      .map(([path, text]) => ` /etc/apparmor.d/${path} ${md5(text)}\n`)
      .join('')}`,
  );

/** The tree's documents. */
export const documentsOf = (tree: PolicyTree): Document[] =>
  Object.entries(tree).map(([path, text]) => file(`/etc/apparmor.d/${path}`, text));
