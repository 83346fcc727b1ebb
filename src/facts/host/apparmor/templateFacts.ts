import { posix } from 'node:path';
import { isAtLeast, noVersion, type Versions } from '../daemon/versions.ts';
import type { HostTree } from '../hostTree.ts';
import type { Learnt } from '../learnt.ts';
import { unreadableAs } from '../unreadable.ts';
import { domainPolicy, policyBase } from './libvirtProfiles.ts';

const abstraction = /^\s*#?include\s+(?:if\s+exists\s+)?<abstractions\/libvirt-qemu>/m;

/** Without blanks and comments there is nothing in it. */
const isBlank = (text: string): boolean => text.split('\n').every((line) => /^\s*(?:#(?!include).*)?$/.test(line));

/**
 * `missing`: what libvirt makes every domain's profile from and does not find. From 9.0 to 10.6 the driver is switched off
 * as well when the template of LXC is not there (Debian bug 1081396). `deprecatedLocal`: rules where libvirt since 9.6 has
 * another place for them (its NEWS).
 */
export const templateFacts = (tree: HostTree, { libvirt }: Versions): Learnt => {
  const template = posix.join(domainPolicy, 'TEMPLATE.qemu');
  const lxc = posix.join(domainPolicy, 'TEMPLATE.lxc');
  const rules = posix.join(policyBase, 'abstractions/libvirt-qemu');
  const old = posix.join(policyBase, 'local/abstractions/libvirt-qemu');
  const found = tree.read(template);
  const isThere = (path: string) => tree.read(path) !== undefined;
  const needsLxc = libvirt !== undefined && isAtLeast(libvirt, 9, 0) && !isAtLeast(libvirt, 10, 7);
  const known = tree.read(old);
  const isUsed = known !== undefined && 'text' in known && !isBlank(known.text);
  const missing = [
    ...(found === undefined ? [template] : []),
    ...(found !== undefined && 'text' in found && !abstraction.test(found.text)
      ? [`${template} includes no <abstractions/libvirt-qemu>`]
      : []),
    ...(isThere(rules) ? [] : [rules]),
    ...(needsLxc && !isThere(lxc) ? [`${lxc}, without which libvirt ${libvirt} switches AppArmor off`] : []),
  ];
  const at = { missing: '/host/apparmor/missing', deprecatedLocal: '/host/apparmor/deprecatedLocal' };
  const unversioned = [
    ...(missing.length === 0 && !isThere(lxc) ? [at.missing] : []),
    ...(isUsed ? [at.deprecatedLocal] : []),
  ];
  return {
    facts: { missing, deprecatedLocal: isUsed && libvirt !== undefined && isAtLeast(libvirt, 9, 6) ? [old] : [] },
    unknown: [
      ...(missing.length > 0 ? [] : unreadableAs(tree, [template, rules, ...(needsLxc ? [lxc] : [])], at.missing)),
      ...unreadableAs(tree, [old], at.deprecatedLocal),
      ...(libvirt === undefined ? unversioned.map((place) => ({ at: place, reason: noVersion })) : []),
    ],
  };
};
