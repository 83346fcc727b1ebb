import type { Unknown } from '../../../model/subject.ts';
import { type ConfValue, parseLibvirtConf } from '../daemon/libvirtConf.ts';
import type { HostTree, Known } from '../hostTree.ts';
import type { Learnt } from '../learnt.ts';
import { type Accounts, parseAccounts } from './accounts.ts';

const conf = '/etc/libvirt/qemu.conf';

/** The users that distributions build libvirt with (its meson option qemu_user): Debian and Ubuntu, then the others. */
const packagedUsers = ['libvirt-qemu', 'qemu'];

/** Each account's fact, its setting, and who knows its number. */
const named = [
  ['user', 'user', '/etc/passwd'],
  ['group', 'group', '/etc/group'],
  ['swtpmUser', 'swtpm_user', '/etc/passwd'],
] as const;

/** Whom libvirt takes where nothing is set; of the others rules ask only what is set. */
const packagedOf = (fact: string, accounts: Accounts): string | undefined =>
  fact === 'user' ? packagedUsers.find((name) => accounts.id(name) !== undefined) : undefined;

const textOf = (known: Known): string => (known !== undefined && 'text' in known ? known.text : '');

/** Of names that are one account, the first; libvirt and the kernel go by its number. */
const accountOf = (set: ConfValue, accounts: Accounts): string => {
  // `+0` and `0` are numbers, by qemu.conf's own comment; a name may not start with a digit.
  const number = /^\+?(\d+)$/.exec(String(set))?.[1];
  const id = number === undefined ? accounts.id(String(set)) : Number(number);
  return id === undefined ? String(set) : accounts.name(id);
};

/** `host.qemu`: whom qemu.conf has QEMU and swtpm run as, and the security driver that it asks for. */
export const qemuFacts = (tree: HostTree): Learnt => {
  const known = tree.read(conf);
  const unknown: Unknown[] = [];
  if (known !== undefined && 'unreadable' in known) unknown.push({ at: '/host/qemu', reason: known.unreadable });
  const settings = parseLibvirtConf(textOf(known));
  const driver = settings.get('security_driver');
  const accounts: Record<string, string> = {};
  for (const [fact, setting, path] of named) {
    const file = tree.read(path);
    const all = parseAccounts(textOf(file));
    const set = settings.get(setting);
    const account = set === undefined ? packagedOf(fact, all) : accountOf(set, all);
    if (account !== undefined) accounts[fact] = account;
    // Unread, it may make root of another name.
    if (file !== undefined && 'unreadable' in file && account !== 'root' && (set !== undefined || fact === 'user')) {
      unknown.push({ at: `/host/qemu/${fact}`, reason: file.unreadable });
    } else if (account === undefined && fact === 'user') {
      const reason = `${conf} names no user and /etc/passwd has none of ${packagedUsers.join(', ')}`;
      unknown.push({ at: '/host/qemu/user', reason });
    }
  }
  return {
    facts: {
      ...accounts,
      defaultConfined: Number(settings.get('security_default_confined') ?? 1),
      ...(driver === undefined ? {} : { securityDriver: [driver].flat().map(String) }),
    },
    unknown,
  };
};
