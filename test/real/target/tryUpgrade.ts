import { createImages } from '../createImages.ts';
import type { PrivateLibvirt } from '../privateLibvirt.ts';
import { defineEach, type Refusal, startEach } from './startEach.ts';
import { upgrade } from './upgrade.ts';
import type { UpgradeDomain } from './upgradeDomains.ts';

/** What became of the domains, each by name: the refusal to define or else to start it, or undefined where it started. */
export interface Tried {
  readonly current: ReadonlyMap<string, Refusal>;
  readonly target: ReadonlyMap<string, Refusal>;
  /** Whether the target would let the current host's definition be defined, for those that the current host has. */
  readonly redefined: ReadonlyMap<string, Refusal>;
}

/**
 * Defines the domains on the current host, upgrades it and starts them on both. Those that the current host does not define
 * are defined on the target.
 */
export const tryUpgrade = async (
  current: PrivateLibvirt,
  target: PrivateLibvirt,
  domains: readonly UpgradeDomain[],
): Promise<Tried> => {
  for (const { xml } of domains) await createImages(current, xml);
  const undefinable = await defineEach(current, domains);
  const names = domains.map(({ name }) => name).filter((name) => undefinable.get(name) === undefined);
  const xmls = await Promise.all(names.map(async (name) => ({ name, xml: await current.dumpxml(name, '--inactive') })));
  await upgrade(current, target);

  const rest = domains.filter(({ name }) => !names.includes(name));
  const refused = await defineEach(target, rest);
  const added = rest.map(({ name }) => name).filter((name) => refused.get(name) === undefined);
  const [before, after] = await Promise.all([startEach(current, names), startEach(target, [...names, ...added])]);
  return {
    current: new Map([...undefinable, ...before]),
    target: new Map([...refused, ...after]),
    redefined: await defineEach(target, xmls),
  };
};
