import { neededDirectories, parseDomains } from '../facts/assemble.ts';
import type { ParsedDomain } from '../facts/domain/parsedDomain.ts';
import type { Parameters } from '../model/parameters.ts';
import type { Evidence } from '../model/source.ts';
import { bundleFile } from '../sources/bundleFile.ts';
import { collect, combine } from '../sources/collect.ts';
import { domainFiles } from '../sources/domainFiles.ts';
import { apparmor } from '../sources/hostRoot/apparmor.ts';
import { host } from '../sources/hostRoot/host.ts';
import { libvirt } from '../sources/libvirt/libvirt.ts';
import { virsh } from '../sources/libvirt/virsh.ts';
import type { AuditSpec } from './auditSpec.ts';

/** The evidence, and the domains in it already parsed, since they say what of the host is needed. */
export interface CollectedEvidence extends Evidence {
  parsed: readonly ParsedDomain[];
}

const domainSources = async ({ connect, domains, timeout }: AuditSpec): Promise<Evidence[]> => [
  ...(domains.length > 0 ? [await collect('domains', domainFiles(domains))] : []),
  ...(connect === undefined
    ? []
    : await Promise.all([
        collect('libvirt', libvirt(connect, timeout)),
        collect('capabilities', virsh(connect, timeout)),
      ])),
];

/** Asks every source. Each fails alone; what the others bring is kept. */
export const collectEvidence = async (spec: AuditSpec, parameters: Parameters): Promise<CollectedEvidence> => {
  if (spec.from !== undefined) {
    const { documents, sources } = bundleFile(spec.from);
    return { documents, sources, parsed: parseDomains(documents) };
  }
  const domains = combine(await domainSources(spec));
  const parsed = parseDomains(domains.documents);
  const evidence = combine([
    domains,
    await collect('apparmor', apparmor(spec.root)),
    await collect(
      'host',
      host(spec.root, (read) => neededDirectories(parsed, read, parameters)),
    ),
  ]);
  return { ...evidence, parsed };
};
