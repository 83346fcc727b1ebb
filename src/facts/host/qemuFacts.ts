import type { Unknown } from '../../model/subject.ts';
import { type Accounts, parseAccounts } from './accounts.ts';
import type { HostTree, Known } from './hostTree.ts';
import type { Learnt } from './learnt.ts';
import { type ConfValue, parseLibvirtConf } from './libvirtConf.ts';

const conf = '/etc/libvirt/qemu.conf';

/** The users that distributions build libvirt with (its meson option qemu_user): Debian and Ubuntu, then the others. */
const packagedUsers = ['libvirt-qemu', 'qemu'];

const textOf = (known: Known): string => (known !== undefined && 'text' in known ? known.text : '');

const userOf = (settings: ReadonlyMap<string, ConfValue>, accounts: Accounts): string | undefined => {
  const set = settings.get('user');
  if (set === undefined) return packagedUsers.find((name) => accounts.id(name) !== undefined);
  // `+0` and `0` are numbers, by qemu.conf's own comment; a name may not start with a digit.
  const number = /^\+?(\d+)$/.exec(String(set));
  return number === null ? String(set) : accounts.name(Number(number[1]));
};

/** `host.qemu`: the user that QEMU runs as and the security driver that qemu.conf asks for. */
export const qemuFacts = (tree: HostTree): Learnt => {
  const known = tree.read(conf);
  const unknown: Unknown[] = [];
  if (known !== undefined && 'unreadable' in known) unknown.push({ at: '/host/qemu', reason: known.unreadable });
  const passwd = tree.read('/etc/passwd');
  const settings = parseLibvirtConf(textOf(known));
  const accounts = parseAccounts(textOf(passwd));
  const user = userOf(settings, accounts);
  const driver = settings.get('security_driver');
  if (user === undefined) {
    const reason =
      passwd !== undefined && 'unreadable' in passwd
        ? passwd.unreadable
        : `${conf} names no user and /etc/passwd has none of ${packagedUsers.join(', ')}`;
    unknown.push({ at: '/host/qemu/user', reason });
  }
  return {
    facts: {
      ...(user === undefined ? {} : { user }),
      defaultConfined: Number(settings.get('security_default_confined') ?? 1),
      ...(driver === undefined ? {} : { securityDriver: [driver].flat().map(String) }),
    },
    unknown,
  };
};
