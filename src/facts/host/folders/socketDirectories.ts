import { posix } from 'node:path';
import type { JsonObject } from '../../../model/json.ts';
import type { Unknown } from '../../../model/subject.ts';
import { profileNames } from '../apparmor/apparmorFacts.ts';
import { type Confinement, worstOf } from '../apparmor/confinement.ts';
import type { Daemon } from '../daemon/daemon.ts';
import type { HostTree } from '../hostTree.ts';
import type { Learnt } from '../learnt.ts';
import { parseAccounts } from '../qemu/accounts.ts';

/** A directory in which channel sockets are made, who says so, and the path that a socket in it would have. */
export interface SocketDirectory {
  path: string;
  usedBy: string;
  /** Paths that sockets in it have; where their names are not known yet, one that stands for them. */
  samples: readonly string[];
  /** Nobody makes it on demand. */
  required: boolean;
}

/** libvirt's own: its library directory, and what it makes for channels without a path, up to 9.6 and since 9.7. */
export const libvirtDirectories: readonly SocketDirectory[] = [
  {
    path: '/var/lib/libvirt/qemu',
    usedBy: 'libvirt',
    samples: ['/var/lib/libvirt/qemu/org.qemu.guest_agent.0'],
    required: false,
  },
  {
    path: '/var/lib/libvirt/qemu/channel/target',
    usedBy: 'libvirt before 9.7',
    samples: ['/var/lib/libvirt/qemu/channel/target/domain-1-i-2-10-VM/org.qemu.guest_agent.0'],
    required: false,
  },
  {
    path: '/run/libvirt/qemu/channel',
    usedBy: 'libvirt since 9.7',
    samples: ['/run/libvirt/qemu/channel/1-i-2-10-VM/org.qemu.guest_agent.0'],
    required: false,
  },
];

const isLibvirts = (path: string): boolean => libvirtDirectories.some((directory) => directory.path === path);

/** The directory that CloudStack's agent is told to use (`qemu.sockets.path`). */
export const cloudstackDirectory = (path: string): SocketDirectory => ({
  path,
  usedBy: 'qemu.sockets.path',
  samples: [posix.join(path, 'i-2-10-VM.org.qemu.guest_agent.0')],
  required: true,
});

/** `host.socketDirectories`: for each directory its owner, and whether AppArmor keeps the daemon from making sockets there. */
export const socketDirectoryFacts = (
  directories: readonly SocketDirectory[],
  tree: HostTree,
  confinement: Confinement,
  daemon: Daemon,
): { facts: readonly JsonObject[]; unknown: readonly Unknown[] } => {
  const passwd = tree.read('/etc/passwd');
  const accounts = parseAccounts(passwd !== undefined && 'text' in passwd ? passwd.text : '');
  const learnt = directories.map(({ path, usedBy, samples, required }, index): Learnt => {
    const at = `/host/socketDirectories/${index}`;
    const found = tree.directory(path);
    const permission = worstOf(
      samples.map((sample) => confinement.permits(profileNames(daemon.name), tree.realpath(sample), ['w'])),
    );
    const unknown: Unknown[] = [];
    if (found !== undefined && 'unreadable' in found) {
      // A link that was not seen leads where the policy may say another thing; libvirt's own directories are no links.
      const facts = [
        'owner',
        'mode',
        'missing',
        ...(permission.kind === 'allowed' && !isLibvirts(path) ? ['denied'] : []),
      ];
      for (const fact of facts) unknown.push({ at: `${at}/${fact}`, reason: found.unreadable });
    } else if (found !== undefined && (passwd === undefined || 'unreadable' in passwd)) {
      const reason = passwd?.unreadable ?? 'the host root holds no /etc/passwd, so the owner’s name is not known';
      unknown.push({ at: `${at}/owner`, reason });
    }
    if (permission.kind === 'unknown') unknown.push({ at: `${at}/denied`, reason: permission.why });
    const known = found !== undefined && !('unreadable' in found);
    const facts = {
      path,
      usedBy,
      ...(tree.realpath(path) === path ? {} : { realpath: tree.realpath(path) }),
      ...(known ? { owner: accounts.name(found.uid), mode: found.mode.toString(8) } : {}),
      ...(required && found === undefined ? { missing: 'there is no such directory' } : {}),
      ...(permission.kind === 'denied' ? { denied: permission.why } : {}),
    };
    return { facts, unknown };
  });
  return { facts: learnt.map(({ facts }) => facts), unknown: learnt.flatMap(({ unknown }) => unknown) };
};
