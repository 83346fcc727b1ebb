import type { UpgradeTarget } from '../../model/upgradeTarget.ts';
import { policyBase } from '../host/apparmor/libvirtProfiles.ts';
import { createHostTree } from '../host/hostTree.ts';

/** Why what a source of the target should have brought is not known; undefined where it did not fail. */
export const failureOf = ({ failed = [] }: Pick<UpgradeTarget, 'failed'>, source: string): string | undefined => {
  const found = failed.find(({ name }) => name === source);
  return found === undefined
    ? undefined
    : `on the target the source ${source} failed: ${found.reason ?? 'it did not say why'}`;
};

/** What of a target nobody looked at, or tried to and failed, so that no rule's silence about it is a promise. */
export const unseenOf = (target: UpgradeTarget): string[] => {
  const failures = new Set((target.failed ?? []).flatMap(({ name }) => failureOf(target, name) ?? []));
  const tree = createHostTree(target.documents);
  const base = tree.directory(policyBase);
  const isSeen =
    failureOf(target, 'apparmor') !== undefined ||
    tree.list(policyBase) !== undefined ||
    (base !== undefined && 'unreadable' in base);
  return [
    ...failures,
    ...(isSeen
      ? []
      : [
          `AppArmor's policy there was not looked at: nothing tells of its ${policyBase}; a bundle of virt-audit collect does`,
        ]),
  ];
};
