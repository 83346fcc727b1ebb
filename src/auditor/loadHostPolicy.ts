import { loadPolicy, type Policy } from '../apparmor/index.ts';
import { policyBase } from '../facts/host/apparmor/libvirtProfiles.ts';
import { createPolicySource } from '../facts/host/apparmor/policySource.ts';
import { createHostTree } from '../facts/host/hostTree.ts';
import { InputError } from '../model/inputError.ts';
import { collect } from '../sources/collect.ts';
import { apparmor } from '../sources/hostRoot/apparmor.ts';
import { policyFile } from '../sources/policyFiles.ts';

/**
 * The AppArmor policy of the host below `root`, or only that of some files.
 *
 * @throws InputError when the root or a file can't be read
 */
export const loadHostPolicy = async (root: string, files: readonly string[]): Promise<Policy> => {
  const { documents, sources } = await collect('apparmor', apparmor(root));
  const failed = sources.find(({ ok }) => !ok);
  if (failed !== undefined) throw new InputError(failed.reason ?? 'the policy can’t be read');
  const named = files.map((file) => policyFile(root, file));
  const tree = createHostTree([...documents, ...named]);
  const only = named.length === 0 ? {} : { files: named.map(({ origin }) => origin) };
  return loadPolicy(createPolicySource(tree), { base: policyBase, ...only });
};
