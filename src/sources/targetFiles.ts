import type { Document } from '../model/document.ts';
import { InputError } from '../model/inputError.ts';
import type { SourceResult } from '../model/source.ts';
import { systemFault } from '../model/systemFault.ts';
import type { UpgradeTarget } from '../model/upgradeTarget.ts';
import { bundleOf } from './bundleFile.ts';
import { rootElement } from './domainFiles.ts';
import { readRegular } from './readRegular.ts';
import { unpacked } from './unpacked.ts';

const takes =
  '--target takes a bundle of virt-audit collect, or what virsh capabilities or virsh domcapabilities wrote';

/** Several answers of virsh in one file, as a shell loop leaves them, are several documents. */
const answers = (text: string): string[] => text.split(/(?=<(?:capabilities|domainCapabilities)>)/).filter(rootElement);

const documentOf = (path: string, text: string): Document => {
  const root = rootElement(text);
  if (root === 'capabilities') return { kind: 'capabilities', origin: path, text };
  if (root === 'domainCapabilities') return { kind: 'domcapabilities', origin: path, text };
  throw new InputError(`${path}: is <${root}>; ${takes}`);
};

const evidenceOf = (path: string): { documents: readonly Document[]; sources: readonly SourceResult[] } => {
  let text: string;
  try {
    text = unpacked(readRegular(path));
  } catch (error) {
    throw new InputError(`${path}: ${systemFault(error)}; ${takes}`);
  }
  if (!/^\s*\{/.test(text)) {
    const found = answers(text);
    if (found.length === 0) throw new InputError(`${path}: neither a bundle nor XML; ${takes}`);
    return { documents: found.map((answer) => documentOf(path, answer)), sources: [] };
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new InputError(`${path}: no JSON: ${(error as Error).message}; ${takes}`);
  }
  return bundleOf(value, path);
};

/** Whose capabilities a file holds, as they say themselves (libvirt's formatcaps, `host/uuid`). */
interface Host {
  path: string;
  uuid: string;
  /** Its CPU and its emulators. */
  offers: string;
}

const hostsIn = (path: string, documents: readonly Document[]): Host[] =>
  documents.flatMap((document) => {
    if (document.kind !== 'capabilities') return [];
    const uuid = /<host>\s*<uuid>\s*([^<\s]+)/.exec(document.text)?.[1]?.toLowerCase();
    const offers = document.text.match(/<(cpu|guest)>.*?<\/\1>/gs)?.join('') ?? '';
    return uuid === undefined ? [] : [{ path, uuid, offers }];
  });

/**
 * Of two hosts, or one before and after its upgrade, one's capabilities would be held against the devices and CPUs of both. Where
 * the firmware gives a host no uuid, libvirtd makes up another at each start, so what offers the same counts as the same.
 */
const refuseOtherHosts = (hosts: readonly Host[]): void => {
  const [first] = hosts;
  const other = hosts.find(({ offers }) => offers !== first?.offers);
  if (first === undefined || other === undefined) return;
  throw new InputError(
    other.uuid === first.uuid
      ? `${other.path}: names other CPUs or emulators than ${first.path}, and both are of the host ${first.uuid}, so of different times; leave the older out`
      : `${other.path}: is of the host ${other.uuid}, and ${first.path} of ${first.uuid}; a target is one host, so ask of each on its own`,
  );
};

/**
 * What files tell of a target.
 *
 * @param qemu its QEMU's release
 * @throws InputError for a file that is none, and for files of different hosts or times
 */
export const targetFiles = (paths: readonly string[], qemu?: string): UpgradeTarget => {
  const evidence = paths.map(evidenceOf);
  refuseOtherHosts(evidence.flatMap(({ documents }, index) => hostsIn(paths[index] ?? '', documents)));
  const failed = evidence.flatMap(({ sources }) => sources.filter(({ ok }) => !ok));
  return {
    name: paths.length === 0 ? `QEMU ${qemu}` : paths.join(', '),
    documents: evidence.flatMap(({ documents }) => documents),
    ...(failed.length === 0 ? {} : { failed }),
    ...(qemu === undefined ? {} : { qemu }),
  };
};
