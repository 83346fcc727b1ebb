import type { Bundle } from '../model/bundle.ts';
import type { Parameters } from '../model/parameters.ts';
import { program } from '../model/program.ts';
import { maskSecrets } from '../sources/maskSecrets.ts';
import { createAuditMemory } from './auditMemory.ts';
import type { AuditSpec } from './auditSpec.ts';
import { collectEvidence } from './collectEvidence.ts';
import type { JobResult } from './job.ts';

/** Everything that an audit reads, without its secrets, as a bundle's text. */
export const collectBundle = async (spec: AuditSpec, parameters: Parameters, began: Date): Promise<JobResult> => {
  const { documents, sources } = await collectEvidence(spec, parameters, createAuditMemory());
  const bundle: Bundle = {
    format: 'virt-audit-bundle',
    version: 1,
    time: began.toISOString(),
    program: `${program.name} ${program.version}`,
    sources,
    documents: documents.map(maskSecrets),
  };
  return { kind: 'collected', bundle: `${JSON.stringify(bundle)}\n`, sources };
};
