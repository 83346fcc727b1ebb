import type { JsonObject } from '../../../model/json.ts';
import { valueAt } from '../../../model/pointer.ts';
import type { Unknown } from '../../../model/subject.ts';
import type { HostTree } from '../../host/hostTree.ts';
import type { Learnt } from '../../host/learnt.ts';
import { presenceOf } from '../../host/presence.ts';
import { unreadableAs } from '../../host/unreadable.ts';
import type { ParsedDomain } from '../parsedDomain.ts';
import type { OtherUsers } from '../unreadDomains.ts';
import type { DiskSource } from './diskSources.ts';
import { imageFormat } from './imageFormat.ts';
import { type Layers, standsStill } from './imageLayers.ts';
import { type StorageView, storageView } from './storageView.ts';
import { type StoredDisk, storedDisks } from './storedDisks.ts';
import { volumeKind } from './volumeKind.ts';

/** Images below the disk's own, as the XML has them: a running domain's has the whole chain (formatdomain, backingStore). */
const layersBelow = (disk: JsonObject): number => {
  let depth = 0;
  for (let at = disk; ; depth += 1) {
    const below = at.backingStore;
    if (typeof below !== 'object' || below === null || !('source' in below)) return depth;
    at = below as JsonObject;
  }
};

/** With startupPolicy='optional' the domain starts without the medium (formatdomain). */
const mayBeMissing = ({ disk }: DiskSource): boolean => valueAt(disk, '/source/@startupPolicy') === 'optional';

/** Whether a disk, or an image that it lies on, is missing; or why that is not known. */
const absence = (source: DiskSource, { below }: Layers, tree: HostTree): { missing?: string; why?: string } => {
  if (mayBeMissing(source)) return {};
  let why: string | undefined;
  for (const [depth, { path }] of [source, ...below].entries()) {
    const presence = path === undefined ? undefined : presenceOf(tree, path);
    if (presence?.is === 'missing') {
      return {
        missing: depth === 0 ? 'there is nothing at this path' : `there is nothing at ${path}, which it lies on`,
      };
    }
    if (presence?.is === 'unknown') why ??= presence.why;
  }
  return why === undefined ? {} : { why };
};

/** Why somebody may use a disk of whom nothing is known. */
const unsureSharing = (source: DiskSource, layers: Layers, tree: HostTree, unread: string | undefined): string[] => {
  const places = [source, ...layers.below];
  return [
    ...(unread !== undefined && places.some(({ has }) => has.length > 0) ? [unread] : []),
    // A folder that can't be looked into may be a link to where another domain's disks are.
    ...places.flatMap(({ path }) =>
      path === undefined ? [] : unreadableAs(tree, [path], '').map(({ reason }) => reason),
    ),
    ...places.flatMap(({ unsure }) => unsure ?? []),
    ...(layers.unsure === undefined ? [] : [layers.unsure]),
  ];
};

/**
 * `disks`: what each disk is stored in, whether that is there, and who else uses it.
 *
 * @param others domains that write to the same, or write under which this one reads
 */
export const diskFacts = (
  parsed: ParsedDomain,
  tree: HostTree,
  others: OtherUsers<StoredDisk>,
  view: StorageView = storageView(tree),
): Learnt => {
  const unknown: Unknown[] = [];
  const still = standsStill(parsed);
  const disks = storedDisks(parsed, view).map((source, index): JsonObject => {
    const { disk, path, layers } = source;
    const at = `/disks/${index}`;
    const { missing, why } = absence(source, layers, tree);
    if (why !== undefined) unknown.push({ at: `${at}/missing`, reason: why });
    const sharedWith = source.has.length === 0 && layers.below.length === 0 ? [] : others.of(source);
    if (sharedWith.length === 0) {
      const [reason] = unsureSharing(source, layers, tree, others.unread);
      if (reason !== undefined) unknown.push({ at: `${at}/sharedWith`, reason });
    }
    const format = still ? imageFormat(source, view) : {};
    if (format.why !== undefined) {
      for (const fact of ['header', 'mistyped']) unknown.push({ at: `${at}/${fact}`, reason: format.why });
    }
    const { volume, why: untold } = volumeKind(disk, view);
    if (untold !== undefined) unknown.push({ at: `${at}/volume`, reason: untold });
    return {
      layersBelow: layersBelow(disk),
      ...(volume === undefined ? {} : { volume }),
      ...(path === undefined ? {} : { path }),
      ...(missing === undefined ? {} : { missing }),
      ...(sharedWith.length === 0 ? {} : { sharedWith }),
      ...format.facts,
    };
  });
  return { facts: { disks }, unknown };
};
