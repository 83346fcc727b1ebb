import { parseDomains } from '../facts/assemble.ts';
import { askableAgents } from '../facts/domain/channels/agentProbe.ts';
import type { ParsedDomain } from '../facts/domain/parsedDomain.ts';
import { neededPaths } from '../facts/neededPaths.ts';
import { emulatorsOf } from '../facts/target/emulators.ts';
import type { HostDocument } from '../model/document.ts';
import type { Parameters } from '../model/parameters.ts';
import type { Evidence } from '../model/source.ts';
import { bundleFile } from '../sources/bundleFile.ts';
import { collect, combine, type Source } from '../sources/collect.ts';
import { domainFiles } from '../sources/domainFiles.ts';
import { apparmor } from '../sources/hostRoot/apparmor.ts';
import { host } from '../sources/hostRoot/host.ts';
import { domcapabilities } from '../sources/libvirt/domcapabilities.ts';
import { libvirt } from '../sources/libvirt/libvirt.ts';
import { probeAgents } from '../sources/libvirt/probeAgents.ts';
import type { LibvirtSession } from '../sources/libvirt/session.ts';
import { virsh } from '../sources/libvirt/virsh.ts';
import type { AuditMemory } from './auditMemory.ts';
import type { AuditSpec } from './auditSpec.ts';

/** The evidence, and the domains in it already parsed, since they say what of the host is needed. */
export interface CollectedEvidence extends Evidence {
  parsed: readonly ParsedDomain[];
  /** When a bundle was collected: what expires is judged as of then. Left out where the host itself was asked. */
  taken?: Date;
}

const libvirtSources = (
  uri: string,
  timeout: number,
  asked: boolean,
  session: LibvirtSession,
  parsing: (source: Source) => Source,
): Promise<Evidence[]> => {
  // First: whether its connection is the one of before decides whether virsh is run again.
  const domains = collect('libvirt', parsing(libvirt(uri, timeout, session)));
  const capabilities = collect('capabilities', virsh(uri, timeout, session));
  const emulators = async () => emulatorsOf((await capabilities).documents);
  return Promise.all([
    domains,
    capabilities,
    ...(asked ? [collect('domcapabilities', domcapabilities(uri, timeout, emulators))] : []),
  ]);
};

const domainSources = async (
  { connect, domains, timeout, domcapabilities: asked = false }: AuditSpec,
  session: LibvirtSession,
  parsing: (source: Source) => Source,
): Promise<Evidence[]> => [
  ...(domains.length > 0 ? [await collect('domains', parsing(domainFiles(domains)))] : []),
  ...(connect === undefined ? [] : await libvirtSources(connect, timeout, asked, session, parsing)),
];

/** Agents of domains that are `known` once the sources of `domains` have ended; asked only where that is wanted. */
const agents = async (
  { connect, probeAgent, timeout }: AuditSpec,
  domains: Promise<unknown>,
  known: readonly ParsedDomain[],
): Promise<Evidence[]> => {
  if (connect === undefined || probeAgent === undefined) return [];
  const targets = domains.then(() => askableAgents(known));
  return [await collect('agents', probeAgents(connect, targets, timeout))];
};

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** One order whatever the order in which libvirt answered, so that the same host gives the same report. */
const compareDomains = (a: ParsedDomain, b: ParsedDomain): number =>
  compare(a.name, b.name) || compare(a.uuid ?? '', b.uuid ?? '') || compare(a.definition, b.definition);

/**
 * Asks every source. Each fails alone; what the others bring is kept. Domains are parsed as they come, while libvirt
 * prepares the next.
 */
export const collectEvidence = async (
  spec: AuditSpec,
  parameters: Parameters,
  { parser, session, files }: AuditMemory,
): Promise<CollectedEvidence> => {
  const parsed: ParsedDomain[] = [];
  /** Those that libvirt itself told of: files may be of domains that it has not. */
  const known: ParsedDomain[] = [];
  if (spec.from !== undefined) {
    const { documents, sources, time } = bundleFile(spec.from);
    return { documents, sources, taken: new Date(time), parsed: parseDomains(documents).sort(compareDomains) };
  }
  const parsing =
    (source: Source): Source =>
    (emit, wait) =>
      source((read) => {
        const { document, parsed: domain } = parser.parse(read);
        emit(document);
        if (domain === undefined) return;
        parsed.push(domain);
        if (document.origin === spec.connect) known.push(domain);
      }, wait);
  const domains = domainSources(spec, session, parsing).then((found) => {
    parser.endRound();
    parsed.sort(compareDomains);
    return found;
  });
  const needed = (read: readonly HostDocument[]) => neededPaths(parsed, read, parameters);
  // All at once: what the host's files take is read while libvirt prepares its answers.
  const [ofDomains, ofAgents, ofApparmor, ofHost] = await Promise.all([
    domains,
    agents(spec, domains, known),
    collect('apparmor', apparmor(spec.root, files)),
    collect('host', host(spec.root, needed, files, domains)),
  ]);
  const evidence = combine([...ofDomains, ...ofAgents, ofApparmor, ofHost]);
  files.endRound();
  return { ...evidence, parsed };
};
