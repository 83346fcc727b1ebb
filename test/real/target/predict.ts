import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { UpgradeItem, UpgradeSummary } from '../../../src/model/report.ts';
import type { PrivateLibvirt } from '../privateLibvirt.ts';
import { temporaryFolder } from '../temporaryFolder.ts';
import { virtAudit } from '../virtAudit.ts';

/** What `check --target` says of a domain: `work` is what is to be done before, without which nothing is promised either. */
export type Prediction = 'blocked' | 'unknown' | 'work' | 'fine';

/** What was said, of every domain of the current host that was asked about. */
export interface Predictions {
  of(name: string): Prediction;
  /** The rules by which a domain is blocked. */
  blockedBy(name: string): readonly string[];
  summary: UpgradeSummary;
}

const rulesOf = (items: readonly UpgradeItem[], name: string): string[] =>
  items.filter(({ target }) => target.name === name).flatMap(({ because }) => because.map(({ rule }) => rule));

/** Asks the target what it has, and virt-audit on the current host what that means for its domains. */
export const predict = async (current: PrivateLibvirt, target: PrivateLibvirt): Promise<Predictions> => {
  await using folder = await temporaryFolder();
  const answers = [
    await target.virsh('capabilities'),
    await target.virsh('domcapabilities', '--virttype', 'qemu', '--machine', 'pc'),
    await target.virsh('domcapabilities', '--virttype', 'qemu', '--machine', 'q35'),
  ];
  const file = join(folder.path, 'target.xml');
  await writeFile(file, answers.join('\n'));
  const args = ['check', '--tag', 'upgrade', '--target', file, '--format', 'json', '--timeout', '240'];
  const { stdout, stderr } = await virtAudit(current.run, args);
  if (stdout === '') throw new Error(stderr);
  const { upgrade } = JSON.parse(stdout) as { upgrade: UpgradeSummary };
  return {
    summary: upgrade,
    blockedBy: (name) => rulesOf(upgrade.blocked, name),
    of: (name) => {
      if (rulesOf(upgrade.blocked, name).length > 0) return 'blocked';
      if (rulesOf(upgrade.missing, name).length > 0) return 'unknown';
      return rulesOf(upgrade.before, name).length > 0 ? 'work' : 'fine';
    },
  };
};
