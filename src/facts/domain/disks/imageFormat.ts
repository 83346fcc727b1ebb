import type { JsonObject } from '../../../model/json.ts';
import { valueAt } from '../../../model/pointer.ts';
import type { DiskSource } from './diskSources.ts';
import type { StorageView } from './storageView.ts';

/** A medium is written by others, and a header in it is no disk's. */
const media = new Set(['cdrom', 'floppy']);

/** Whether the type that a disk is given, `raw` or `qcow2`, is one whose images can be told apart by their headers. */
export const hasKnownType = ({ disk, path }: DiskSource): boolean =>
  path !== undefined &&
  !media.has(String(disk['@device'])) &&
  ['raw', 'qcow2'].includes(String(valueAt(disk, '/driver/@type')));

/** `header`, what a disk's image begins as, and `mistyped`, where that is not what its `<driver>` says; or why they are unknown. */
export const imageFormat = (source: DiskSource, view: StorageView): { facts?: JsonObject; why?: string } => {
  const { disk, path } = source;
  if (path === undefined || !hasKnownType(source)) return {};
  const header = view.header(path);
  if (header === undefined) return {};
  if (header.format === 'unknown') return { why: header.why ?? `${path} could not be read` };
  const type = valueAt(disk, '/driver/@type');
  const fits = (type === 'qcow2') === (header.format === 'qcow2');
  const found = header.format === 'qcow2' ? 'begins as a qcow2 image' : 'does not begin as one';
  return {
    facts: { header: header.format, ...(fits ? {} : { mistyped: `it is of type ${String(type)}, and ${found}` }) },
  };
};
