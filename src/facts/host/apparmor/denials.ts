import type { Access } from '../../../apparmor/index.ts';
import { fromBytes } from '../../../model/bytes.ts';
import { kernelLogs } from '../../../model/kernelLogs.ts';
import type { Unknown } from '../../../model/subject.ts';
import type { HostTree } from '../hostTree.ts';
import type { Learnt } from '../learnt.ts';
import type { Confinement } from './confinement.ts';

/** How long ago a denial still matters, in days. */
const recentDays = 7;

/** As many as an operator reads. */
const most = 20;

/** One denial as the kernel's audit message has it (kernel documentation, AppArmor; apparmor(7)). */
interface Denial {
  /** Seconds since 1970 and the message's number: the same in every log. */
  stamp: string;
  operation: string;
  profile: string;
  /** Of a file; absent where something else was refused. */
  path?: string;
  mask: string;
  /** What else was refused: a capability, a peer. */
  what: string;
}

const field = (line: string, name: string): string | undefined => {
  const [, quoted, bare] = new RegExp(`\\s${name}=(?:"([^"]*)"|(\\S+))`).exec(line) ?? [];
  // A name with a space, a quote or a byte beyond ASCII is written in hexadecimal, without quotes.
  return (
    quoted ??
    (bare !== undefined && /^(?:[0-9A-F]{2})+$/.test(bare) ? Buffer.from(bare, 'hex').toString('latin1') : bare)
  );
};

const parse = (line: string): Denial | undefined => {
  const profile = field(line, 'profile');
  const operation = field(line, 'operation');
  if (profile === undefined || operation === undefined) return undefined;
  const path = field(line, 'name');
  return {
    stamp: /audit\((\d+\.\d+:\d+)\)/.exec(line)?.[1] ?? '',
    operation,
    profile,
    ...(path?.startsWith('/') ? { path } : {}),
    mask: field(line, 'denied_mask') ?? '',
    what: field(line, 'capname') ?? field(line, 'peer') ?? '',
  };
};

const isRecent = ({ stamp }: Denial, now: Date | undefined): boolean =>
  stamp === '' || now === undefined || now.getTime() / 1000 - Number.parseFloat(stamp) < recentDays * 86_400;

/** The kernel's `c` and `d`, to create and to delete, are `w` in policy (apparmor.d(5), "File permissions"). */
const accessesOf = (mask: string): Access[] => [
  ...new Set([...mask.replaceAll(/[cd]/g, 'w')].filter((letter): letter is Access => 'rwalkmx'.includes(letter))),
];

const explain = ({ profile, path, mask }: Denial, confinement: Confinement): string => {
  const accesses = accessesOf(mask);
  if (path === undefined || accesses.length === 0) return '';
  const permission = confinement.permits([profile], fromBytes(path), accesses);
  return permission.kind === 'allowed'
    ? ': the policy on disk allows it, so load it or start the domain anew'
    : `: ${permission.why}`;
};

const sentence = (denial: Denial, count: number, confinement: Confinement): string => {
  const { profile, operation, path, mask, what } = denial;
  const times = count === 1 ? 'once' : `${count} times`;
  const thing = path === undefined ? what : `${mask} on ${fromBytes(path)}`;
  const refusal = [profile, 'was refused', operation, thing, times].filter((part) => part !== '').join(' ');
  return `${refusal}${explain(denial, confinement)}`;
};

/**
 * `host.apparmor.denials`: what was lately refused to libvirt, each with the rule that does so. Absent where there is no log
 * that the kernel's audit messages are in.
 */
export const denialFacts = (tree: HostTree, confinement: Confinement, now: Date | undefined): Learnt => {
  const unknown: Unknown[] = [];
  const found = kernelLogs.flatMap((log) => {
    const known = tree.read(log);
    if (known === undefined) return [];
    if (!('unreadable' in known)) return [known.text];
    unknown.push({ at: '/host/apparmor/denials', reason: known.unreadable });
    return [];
  });
  if (found.length === 0) return { facts: {}, unknown };
  const byStamp = new Map<string, Denial>();
  for (const [index, line] of found.join('\n').split('\n').entries()) {
    const denial = parse(line);
    if (denial !== undefined && isRecent(denial, now))
      byStamp.set(denial.stamp === '' ? `${index}` : denial.stamp, denial);
  }
  const alike = new Map<string, { denial: Denial; count: number }>();
  for (const denial of byStamp.values()) {
    const { profile, operation, path = '', mask, what } = denial;
    const key = [profile, operation, path, mask, what].join('\0');
    alike.set(key, { denial, count: (alike.get(key)?.count ?? 0) + 1 });
  }
  const denials = [...alike.values()].slice(-most).map(({ denial, count }) => sentence(denial, count, confinement));
  return { facts: { denials }, unknown: denials.length > 0 ? [] : unknown };
};
