/** What a real component needs of the machine that runs the tests. */
export interface Needs {
  /** The rights to mount, in a mount namespace of its own. */
  mounting?: true;
  /** The only architecture for which there is what it takes, as Node.js calls it. */
  architecture?: string;
  /** Each command with the Debian package that brings it. */
  commands: Readonly<Record<string, string>>;
}

const privateLibvirt = {
  mounting: true,
  commands: {
    unshare: 'util-linux',
    nsenter: 'util-linux',
    libvirtd: 'libvirt-daemon-system',
    virtlogd: 'libvirt-daemon-system',
    virsh: 'libvirt-clients',
    'qemu-system-x86_64': 'qemu-system-x86',
  },
} as const satisfies Needs;

/** The real components that tests can run, and what each needs. */
export const components = {
  privateLibvirt,
  agentGuest: {
    ...privateLibvirt,
    commands: { ...privateLibvirt.commands, busybox: 'busybox-static', 'qemu-ga': 'qemu-guest-agent' },
  },
  apparmorKernel: {
    commands: {
      apparmor_parser: 'apparmor',
      busybox: 'busybox-static',
      gcc: 'gcc',
      'qemu-ga': 'qemu-guest-agent',
      'qemu-system-x86_64': 'qemu-system-x86',
    },
  },
  host: {
    mounting: true,
    commands: {
      'mkfs.ext4': 'e2fsprogs',
      mmdebstrap: 'mmdebstrap',
      npm: 'npm',
      'qemu-system-x86_64': 'qemu-system-x86',
    },
  },
  targetLibvirt: {
    ...privateLibvirt,
    commands: { ...privateLibvirt.commands, chroot: 'coreutils', mmdebstrap: 'mmdebstrap', 'qemu-img': 'qemu-utils' },
  },
  nodes: { architecture: 'x64', commands: { flock: 'util-linux', npm: 'npm' } },
  systemd: { commands: { 'systemd-analyze': 'systemd', 'systemd-socket-activate': 'systemd' } },
  manual: { commands: { man: 'man-db' } },
  debian: {
    mounting: true,
    commands: {
      'dpkg-deb': 'dpkg',
      'dpkg-shlibdeps': 'dpkg-dev',
      mmdebstrap: 'mmdebstrap',
      npm: 'npm',
      strip: 'binutils',
      unshare: 'util-linux',
    },
  },
  libvirtDoc: { commands: { 'apt-get': 'apt', dpkg: 'dpkg', python3: 'python3', virsh: 'libvirt-clients' } },
  virsh: { commands: { virsh: 'libvirt-clients' } },
  chromium: { commands: { chromium: 'chromium' } },
  prometheus: { commands: { setpriv: 'util-linux', prometheus: 'prometheus', promtool: 'prometheus' } },
} as const satisfies Record<string, Needs>;

/** The name of a real component. */
export type Component = keyof typeof components;
