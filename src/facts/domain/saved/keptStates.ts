import { fromBytes } from '../../../model/bytes.ts';
import { isObject, type Json, type JsonObject } from '../../../model/json.ts';
import { valueAt } from '../../../model/pointer.ts';
import type { HostTree, Known } from '../../host/hostTree.ts';
import { parseXml } from '../../xml/parseXml.ts';

/** Where the system daemon keeps what it knows of domains. */
const stateFolder = '/var/lib/libvirt/qemu';

/** XML that libvirt goes on with when a state is taken up. */
export interface KeptDomain {
  domain: JsonObject;
  /** Whether it is the definition that comes back with a guest that runs, so that only its next start needs it. */
  isDefinition: boolean;
}

/** A state of a domain that libvirt keeps, with the XML of then. */
export interface KeptState {
  /** What it is called; its file where nothing tells. */
  name: string;
  domains: readonly KeptDomain[];
  /** Why its XML, or some of it, is not known. */
  unknown?: string;
}

/** A snapshot, by its description (formatsnapshot). */
export interface KeptSnapshot extends KeptState {
  /** The value of `/domainsnapshot`; undefined where the description can't be read. */
  description?: JsonObject;
  memory: string;
}

/** All that libvirt keeps of a domain's states. */
export interface KeptStates {
  /** What `virsh managedsave` left, which the next start goes on from (virsh(1)). */
  managedSave?: KeptState;
  /** Why there may be one unseen. */
  hiddenSave?: string;
  snapshots: readonly KeptSnapshot[];
  /** Why there may be more of them unseen. */
  hiddenSnapshots?: string;
}

/** Why nothing can be said of what is not in a folder there; undefined when it can. */
const hidden = (tree: HostTree, folder: string): string | undefined => {
  const [found, above] = [tree.directory(folder), tree.directory(stateFolder)];
  if (found !== undefined) return 'unreadable' in found ? found.unreadable : undefined;
  if (above === undefined) return `the host root has no ${stateFolder}, where libvirt keeps saved states and snapshots`;
  return 'unreadable' in above ? above.unreadable : undefined;
};

/** What stands where a domain's XML should. */
const kept = (found: Json | undefined, isDefinition = false): { domains: KeptDomain[]; unknown?: string } => {
  if (isObject(found) && typeof found['@type'] === 'string') return { domains: [{ domain: found, isDefinition }] };
  return {
    domains: [],
    unknown: found === undefined ? 'no domain was kept with it' : 'what was kept with it is no domain',
  };
};

const saveOf = (name: string, file: string, known: NonNullable<Known>): KeptState => {
  if ('unreadable' in known) return { name, domains: [], unknown: known.unreadable };
  const parsed = parseXml(fromBytes(known.text), ['domain']);
  const { domains } = kept(parsed.ok ? valueAt(parsed.document, '/domain') : undefined);
  if (domains.length > 0) return { name, domains };
  const unknown = `${file}: the XML of the saved state could not be read; run: virsh managedsave-dumpxml ${name}`;
  return { name, domains, unknown };
};

/** libvirt before 1.0.1 did not write where the memory is, and had it inside the image (virDomainSnapshotDefParse). */
const memoryOf = (description: JsonObject): string => {
  const said = valueAt(description, '/memory/@snapshot');
  if (typeof said === 'string') return said;
  if (valueAt(description, '/memory/@file') !== undefined) return 'external';
  return ['running', 'paused'].includes(String(description.state)) ? 'internal' : 'no';
};

/**
 * What a revert goes on with: of a guest that ran the XML that it ran with, and its definition. Without memory only the
 * definition matters, which is `domain` where nothing ran (libvirt's qemu_snapshot.c).
 */
const domainsOf = (memory: string, { domain, inactiveDomain }: JsonObject): ReturnType<typeof kept> => {
  if (memory === 'no') return kept(inactiveDomain ?? domain);
  const [live, definition] = [kept(domain), inactiveDomain === undefined ? undefined : kept(inactiveDomain, true)];
  const unknown = live.unknown ?? definition?.unknown;
  return {
    domains: [...live.domains, ...(definition?.domains ?? [])],
    ...(unknown === undefined ? {} : { unknown }),
  };
};

const snapshotOf = (path: string, known: NonNullable<Known>): KeptSnapshot => {
  const none = { name: path, domains: [], memory: 'no' };
  if ('unreadable' in known) return { ...none, unknown: `${path}: ${known.unreadable}` };
  const parsed = parseXml(fromBytes(known.text), ['domainsnapshot']);
  if (!parsed.ok) return { ...none, unknown: `${path}: ${parsed.reason}` };
  const description = valueAt(parsed.document, '/domainsnapshot') as JsonObject;
  const memory = memoryOf(description);
  const { domains, unknown } = domainsOf(memory, description);
  return {
    name: typeof description.name === 'string' ? description.name : path,
    description,
    memory,
    domains,
    ...(unknown === undefined ? {} : { unknown: `${path}: ${unknown}` }),
  };
};

const snapshotsOf = (domain: string, tree: HostTree): KeptSnapshot[] => {
  const folder = `${stateFolder}/snapshot/${domain}`;
  return (tree.list(folder) ?? []).flatMap((file) => {
    const path = `${folder}/${file}`;
    const known = file.endsWith('.xml') ? tree.read(path) : undefined;
    return known === undefined ? [] : [snapshotOf(path, known)];
  });
};

/** What the host tells of a domain's saved state and snapshots. */
export const keptStates = (domain: string, tree: HostTree): KeptStates => {
  const file = `${stateFolder}/save/${domain}.save`;
  const save = tree.read(file);
  const hiddenSave = hidden(tree, `${stateFolder}/save`);
  const hiddenSnapshots = hidden(tree, `${stateFolder}/snapshot`) ?? hidden(tree, `${stateFolder}/snapshot/${domain}`);
  return {
    ...(save === undefined ? {} : { managedSave: saveOf(domain, file, save) }),
    ...(hiddenSave === undefined ? {} : { hiddenSave }),
    snapshots: snapshotsOf(domain, tree),
    ...(hiddenSnapshots === undefined ? {} : { hiddenSnapshots }),
  };
};
