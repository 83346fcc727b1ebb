import { posix } from 'node:path';
import { loadPolicy, type Policy, type PolicySource } from '../../apparmor/index.ts';
import type { JsonObject } from '../../model/json.ts';
import type { Unknown } from '../../model/subject.ts';
import { domainPolicy, policyBase } from '../host/apparmor/libvirtProfiles.ts';
import { type PackagedFile, packagedPolicy } from '../host/apparmor/packagedFiles.ts';
import { policyFaults } from '../host/apparmor/policyFaults.ts';
import { createPolicySource } from '../host/apparmor/policySource.ts';
import type { HostTree } from '../host/hostTree.ts';
import type { Learnt } from '../host/learnt.ts';
import { type Carried, carriedPolicy } from './carriedPolicy.ts';

/** What of a policy concerns libvirt, once loaded. */
interface Loaded {
  policy: Policy;
  problems: readonly string[];
  /** Why there may be more problems. */
  unread: string | undefined;
}

/** Asks whether a policy that is to be lets sockets be made. */
export type AskSockets = (source: PolicySource, policy: Policy) => Learnt;

const at = '/target/apparmor';

const nothing: Learnt = { facts: {}, unknown: [] };

/** Nothing is known of these policies. */
const unknownOf = (policies: readonly string[], reason: string): Unknown[] =>
  policies.map((policy) => ({ at: `${at}/${policy}`, reason }));

const ours = ['withLocal', 'withEdited'];

/** Every domain's profile is made from it, so what is wrong with what it includes keeps every domain from starting. */
const template = posix.join(domainPolicy, 'TEMPLATE.qemu');

const load = (source: PolicySource): Loaded => {
  const policy = loadPolicy(source, { base: policyBase });
  const files = source.read(template) === undefined ? [] : [template];
  const faults = [policy, loadPolicy(source, { base: policyBase, files })].map(policyFaults);
  return {
    policy,
    problems: [...new Set(faults.flatMap(({ facts }) => facts.problems as string[]))],
    unread: faults.find(({ unread }) => unread !== undefined)?.unread,
  };
};

const pathsOf = (files: readonly PackagedFile[], which: readonly PackagedFile['is'][]): ReadonlySet<string> =>
  new Set(files.filter(({ is }) => which.includes(is)).map(({ path }) => path));

/** Why nothing is known of this host's own policy files. A host that was looked at and has none has none. */
const unseen = (tree: HostTree): string | undefined => {
  const base = tree.directory(policyBase);
  if (base !== undefined && 'unreadable' in base) return base.unreadable;
  if (tree.list(policyBase) !== undefined || tree.directory(posix.dirname(policyBase)) !== undefined) return undefined;
  return `nothing is known of this host's own files in ${policyBase}; audit the host itself, or a bundle of it`;
};

/** `withEdited`: the policy with the packaged files that were edited here, too; absent where none were. */
const withEdited = (files: readonly PackagedFile[], combined: (carried: Partial<Carried>) => PolicySource): Learnt => {
  const kept = pathsOf(files, ['edited', 'deleted']);
  const hidden = files.find(({ is }) => typeof is !== 'string')?.is;
  const why = typeof hidden === 'object' ? hidden.unreadable : undefined;
  if (kept.size === 0)
    return why === undefined ? nothing : { facts: {}, unknown: [{ at: `${at}/withEdited`, reason: why }] };
  const { problems, unread = why } = load(combined({ kept }));
  return {
    facts: { withEdited: { problems: [...problems] } },
    unknown: unread === undefined ? [] : [{ at: `${at}/withEdited/problems`, reason: unread }],
  };
};

/** `withLocal` and `withEdited`: what is wrong in the target's policy only because of what this host has of its own. */
const withOurs = (tree: HostTree, there: PolicySource, sockets: AskSockets): Learnt => {
  const why = unseen(tree);
  if (why !== undefined) return { facts: {}, unknown: unknownOf(ours, why) };
  const packaged = packagedPolicy(tree);
  const files = packaged !== undefined && !('unreadable' in packaged) ? packaged : undefined;
  const combined = (carried: Partial<Carried>): PolicySource =>
    carriedPolicy(createPolicySource(tree), there, {
      asShipped: pathsOf(files ?? [], ['as shipped']),
      kept: new Set(),
      unowned: true,
      ...carried,
    });
  const source = combined({});
  const { policy, problems, unread } = load(source);
  const facts: JsonObject = { problems: [...problems] };
  // What is wrong is so whatever else there may be; what seems right is not known to be.
  const unknown = unread === undefined ? [] : unknownOf(problems.length > 0 ? ['withLocal/problems'] : ours, unread);
  // Where nothing tells what is a package's, a file that only this host has may go or stay.
  if (files === undefined && unknown.length === 0) {
    const without = load(combined({ unowned: false })).problems;
    const [depends] = [...problems, ...without].filter(
      (problem) => !(problems.includes(problem) && without.includes(problem)),
    );
    if (depends !== undefined) {
      const reason = `whether a package brought a file that only this host has is unknown without dpkg's status, and on that hangs ${depends}`;
      return { facts: {}, unknown: unknownOf(ours, reason) };
    }
  }
  if (problems.length > 0 || unknown.length > 0) return { facts: { withLocal: facts }, unknown };
  const asked = sockets(source, policy);
  const edited =
    packaged !== undefined && 'unreadable' in packaged
      ? { facts: {}, unknown: [{ at: `${at}/withEdited`, reason: packaged.unreadable }] }
      : withEdited(files ?? [], combined);
  return {
    facts: { withLocal: { ...facts, ...asked.facts }, ...edited.facts },
    unknown: [...asked.unknown.map((each) => ({ ...each, at: `${at}/withLocal${each.at}` })), ...edited.unknown],
  };
};

/**
 * `target.apparmor`: what is wrong in the policy that the target's bundle holds, and in what becomes of it with this host's
 * own files; absent where the bundle holds none.
 */
export const policyOnTarget = (target: HostTree, here: HostTree, sockets: AskSockets): Learnt => {
  const base = target.directory(policyBase);
  if (base !== undefined && 'unreadable' in base) return { facts: {}, unknown: [{ at, reason: base.unreadable }] };
  if (target.list(policyBase) === undefined) return nothing;
  const source = createPolicySource(target);
  const { problems, unread } = load(source);
  const own = { problems: [...problems] };
  if (unread !== undefined) {
    return { facts: { apparmor: own }, unknown: unknownOf(['problems', ...ours], unread) };
  }
  // What is wrong without this host's files is told of once.
  const combined = problems.length > 0 ? nothing : withOurs(here, source, sockets);
  return { facts: { apparmor: { ...own, ...combined.facts } }, unknown: combined.unknown };
};
