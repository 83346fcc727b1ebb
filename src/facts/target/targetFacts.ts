import { fromBytes } from '../../model/bytes.ts';
import type { JsonObject } from '../../model/json.ts';
import { valueAt } from '../../model/pointer.ts';
import type { Unknown } from '../../model/subject.ts';
import type { ParsedDomain } from '../domain/parsedDomain.ts';
import { hiddenStates, snapshotFiles, stateFolder } from '../domain/savedStates.ts';
import type { HostTree } from '../host/hostTree.ts';
import type { Learnt } from '../host/learnt.ts';
import { parseXml } from '../xml/parseXml.ts';
import { domainOnTarget } from './domainOnTarget.ts';
import { obstaclesOf } from './obstacles.ts';
import type { Offers } from './offers.ts';

/** What is in the way of one saved state, for its rule. */
interface Saved {
  facts: JsonObject;
  /** Why there may be more in the way. */
  unsure?: string;
}

const savedOf = (name: string, domain: JsonObject | undefined, offers: Offers, without: string): Saved => {
  if (domain === undefined) return { facts: { name, obstacles: [] }, unsure: without };
  const { obstacles, unknown } = obstaclesOf(domain, offers);
  return { facts: { name, obstacles }, ...(unknown === undefined || obstacles.length > 0 ? {} : { unsure: unknown }) };
};

/** `managedSave`: the state that `virsh managedsave` left, which the next start goes on from (virsh(1)). */
const managedSave = (name: string, tree: HostTree, offers: Offers): Saved | undefined => {
  const file = `${stateFolder}/save/${name}.save`;
  const known = tree.read(file);
  if (known === undefined) return undefined;
  if ('unreadable' in known) return savedOf(name, undefined, offers, known.unreadable);
  const parsed = parseXml(fromBytes(known.text), ['domain']);
  const domain = parsed.ok ? (valueAt(parsed.document, '/domain') as JsonObject) : undefined;
  return savedOf(
    name,
    domain,
    offers,
    `${file}: the XML of the saved state could not be read; run: virsh managedsave-dumpxml ${name}`,
  );
};

/** `snapshots`: what a revert would need (formatsnapshot). */
const snapshots = (name: string, tree: HostTree, offers: Offers): Saved[] =>
  snapshotFiles(name, tree).flatMap(({ path, known }): Saved[] => {
    if ('unreadable' in known) return [savedOf(path, undefined, offers, `${path}: ${known.unreadable}`)];
    const parsed = parseXml(fromBytes(known.text), ['domainsnapshot']);
    if (!parsed.ok) return [savedOf(path, undefined, offers, `${path}: ${parsed.reason}`)];
    const snapshot = valueAt(parsed.document, '/domainsnapshot') as JsonObject;
    const called = typeof snapshot.name === 'string' ? snapshot.name : path;
    const domain = valueAt(snapshot, '/domain') as JsonObject | undefined;
    return [savedOf(called, domain, offers, `${path}: no domain was kept with the snapshot`)];
  });

const unknownRelease = 'which release of QEMU the target has is unknown; --target-qemu says it';

/** `target`: what of a domain, and of its saved states, the target does not offer. */
export const targetFacts = (
  { domain, name, definition }: ParsedDomain,
  other: ParsedDomain | undefined,
  tree: HostTree,
  offers: Offers,
): Learnt => {
  if (domain === undefined) return { facts: {}, unknown: [] };
  const there = offers.given ? domainOnTarget(domain, offers) : { facts: {}, unknown: [] };
  // A saved state belongs to the domain, whichever definition is asked: it is told of once. A transient one has but one.
  const states = offers.given && (definition === 'config' || other === undefined);
  const hiddenSave = states ? hiddenStates(tree, 'save') : undefined;
  const hiddenSnapshots = states ? hiddenStates(tree, 'snapshot', name) : undefined;
  const saved = states ? managedSave(name, tree, offers) : undefined;
  const kept = states ? snapshots(name, tree, offers) : [];
  const unknown: Unknown[] = [
    ...there.unknown,
    ...(hiddenSave === undefined ? [] : [{ at: '/managedSave', reason: hiddenSave }]),
    ...(hiddenSnapshots === undefined ? [] : [{ at: '/snapshots', reason: hiddenSnapshots }]),
    ...(saved?.unsure === undefined ? [] : [{ at: '/managedSave/obstacles', reason: saved.unsure }]),
    ...kept.flatMap(({ unsure }, index) =>
      unsure === undefined ? [] : [{ at: `/snapshots/${index}/obstacles`, reason: unsure }],
    ),
  ];
  return {
    facts: {
      target: {
        name: offers.name,
        ...(offers.qemu === undefined ? {} : { qemu: offers.qemu }),
        ...there.facts,
        ...(saved === undefined ? {} : { managedSave: saved.facts }),
        ...(kept.length === 0 ? {} : { snapshots: kept.map(({ facts }) => facts) }),
      },
    },
    unknown: [
      ...unknown.map(({ at, reason }) => ({ at: `/target${at}`, reason })),
      ...(offers.qemu === undefined ? [{ at: '/upgrade', reason: unknownRelease }] : []),
    ],
  };
};
