import { loadPolicy, type Policy, proveOverride } from '../../apparmor/index.ts';
import type { Document, HostDocument } from '../../model/document.ts';
import type { Json, JsonObject } from '../../model/json.ts';
import { sameJson } from '../../model/sameJson.ts';
import type { AppArmorState } from './apparmor/apparmorState.ts';
import { createConfinement } from './apparmor/confinement.ts';
import { policyBase } from './apparmor/libvirtProfiles.ts';
import { createPolicySource } from './apparmor/policySource.ts';
import { type RecordedSource, recordReads } from './apparmor/recordReads.ts';
import { type RememberedConfinement, rememberPermissions } from './apparmor/rememberPermissions.ts';
import { createHostTree, type HostTree, isHostDocument } from './hostTree.ts';

/** What is dear to learn of a host, kept for as long as the documents that it was learnt from say the same. */
export interface HostMemory {
  tree(documents: readonly Document[]): HostTree;
  /** The policy, loaded again only when a file or list that it was loaded from is another. */
  policy(tree: HostTree): Policy;
  confinement(policy: Policy, state: AppArmorState): RememberedConfinement;
  /**
   * `value` with all that is just as last time, itself or its members, replaced by the very same objects: so that
   * "the same" is cheap to see.
   */
  keep<T>(name: string, value: T): T;
  /** What `make` made last time by that name, where all that it is made from is the very same as then. */
  again<T>(name: string, from: readonly unknown[], make: () => T): T;
  /** Questions that were not asked since the last call are forgotten. */
  endRound(): void;
}

const sameDocument = (a: HostDocument, b: HostDocument | undefined): boolean => {
  if (a.kind !== b?.kind || a.origin !== b.origin) return false;
  if (a.kind === 'directory') return b.kind === 'directory' && a.mode === b.mode && a.uid === b.uid && a.gid === b.gid;
  if (a.kind === 'file' && b.kind === 'file' && (a.mode !== b.mode || a.uid !== b.uid || a.gid !== b.gid)) return false;
  return b.kind !== 'directory' && a.text === b.text;
};

const sameState = (a: AppArmorState, b: AppArmorState): boolean =>
  a.enabled === b.enabled &&
  a.why === b.why &&
  a.loaded?.size === b.loaded?.size &&
  [...(a.loaded ?? [])].every(([profile, mode]) => b.loaded?.get(profile) === mode);

const share = (last: Json | undefined, value: Json): Json => {
  if (last === undefined || typeof last !== 'object' || typeof value !== 'object') return value;
  if (sameJson(last, value)) return last;
  if (last === null || value === null || Array.isArray(last) !== Array.isArray(value)) return value;
  const members = Object.entries(value).map(([name, member]): [string, Json] => {
    const before = (last as JsonObject)[name];
    return [name, before !== undefined && sameJson(before, member) ? before : member];
  });
  return Array.isArray(value) ? members.map(([, member]) => member) : Object.fromEntries(members);
};

/**
 * A memory of nothing yet.
 *
 * @param onLoad is told each time that policy is loaded
 */
export const createHostMemory = (onLoad: () => void = () => {}): HostMemory => {
  let seen: { documents: readonly HostDocument[]; tree: HostTree } | undefined;
  let loaded: { tree: HostTree; source: RecordedSource; policy: Policy } | undefined;
  let confined: { policy: Policy; state: AppArmorState; confinement: RememberedConfinement } | undefined;
  const kept = new Map<string, Json>();
  const made = new Map<string, { from: readonly unknown[]; value: unknown }>();
  return {
    tree: (all) => {
      const documents = all.filter(isHostDocument);
      const unchanged =
        documents.length === seen?.documents.length &&
        documents.every((document, index) => sameDocument(document, seen?.documents[index]));
      if (seen === undefined || !unchanged) seen = { documents, tree: createHostTree(documents) };
      return seen.tree;
    },
    policy: (tree) => {
      if (loaded?.tree === tree) return loaded.policy;
      const source = createPolicySource(tree);
      if (loaded?.source.goOnWith(source)) loaded.tree = tree;
      else {
        onLoad();
        const recorded = recordReads(source);
        loaded = { tree, source: recorded, policy: loadPolicy(recorded, { base: policyBase }) };
      }
      return loaded.policy;
    },
    confinement: (policy, state) => {
      if (confined?.policy !== policy || !sameState(confined.state, state)) {
        // The source that the policy came from: what a proof reads of it is held to be the same next time, too.
        const source = loaded?.source;
        const confinement = createConfinement(policy, state, (profile, wanted) =>
          source === undefined ? undefined : proveOverride(source, policyBase, profile, wanted),
        );
        confined = { policy, state, confinement: rememberPermissions(confinement) };
      }
      return confined.confinement;
    },
    keep: <T>(name: string, value: T): T => {
      const shared = share(kept.get(name), value as Json);
      kept.set(name, shared);
      return shared as T;
    },
    again: <T>(name: string, from: readonly unknown[], make: () => T): T => {
      const last = made.get(name);
      const same = last?.from.length === from.length && from.every((value, index) => value === last.from[index]);
      if (last !== undefined && same) return last.value as T;
      const value = make();
      made.set(name, { from, value });
      return value;
    },
    endRound: () => confined?.confinement.endRound(),
  };
};
