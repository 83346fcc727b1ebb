import type { JsonObject } from '../../model/json.ts';
import { valueAt } from '../../model/pointer.ts';
import type { Processor } from '../host/daemon/capabilities.ts';
import type { DomainCapabilities } from './domainCapabilities.ts';

/** Why a start is refused over single features, or why that is not known. */
export interface FeatureFit {
  missing?: string;
  unsure?: string;
}

/** The features that the domain's CPU names with one of these policies; libvirt's default is `require` (formatdomain). */
export const featuresOf = (domain: JsonObject, policies: readonly string[]): string[] => {
  const features = valueAt(domain, '/cpu/feature');
  return (Array.isArray(features) ? (features as readonly JsonObject[]) : []).flatMap((feature) =>
    typeof feature['@name'] === 'string' && policies.includes(String(feature['@policy'] ?? 'require'))
      ? [feature['@name']]
      : [],
  );
};

/** What counts as the host's before a start; undefined where nothing tells. */
export interface HostCpu {
  /** Whether what QEMU has is all that counts. */
  isQemus: boolean;
  /** Of a feature that QEMU lacks: whether it counts all the same. */
  besideQemu(feature: string): boolean | undefined;
  has(feature: string): boolean | undefined;
}

/** Of a feature that QEMU lacks: one of a model that the processor has all of keeps that model from running, too. */
const processorHas = (feature: string, processor: Processor | undefined, caps: DomainCapabilities) => {
  if (processor === undefined) return undefined;
  if (processor.features.has(feature)) return true;
  const model = caps.cpuModel(processor.model);
  return model?.usable === true ? false : model?.blockers?.includes(feature);
};

/**
 * On x86 with KVM that counts which QEMU or the processor has: a domain starts, and does without a feature that only the processor
 * has. So seen with libvirt 9.0 and 11.3; with `check='full'`, and of emulated CPUs, only what QEMU has.
 */
export const hostCpu = (
  domain: JsonObject,
  type: string,
  caps: DomainCapabilities,
  processor: Processor | undefined,
): HostCpu => {
  const isQemus =
    type !== 'kvm' || !['x86_64', 'i686'].includes(caps.arch) || valueAt(domain, '/cpu/@check') === 'full';
  const besideQemu = (feature: string) => (isQemus ? false : processorHas(feature, processor, caps));
  return {
    isQemus,
    besideQemu,
    has: (feature) => {
      if (caps.hostFeatures.has(feature)) return true;
      return caps.lackingFeatures.has(feature) ? besideQemu(feature) : undefined;
    },
  };
};

/**
 * Whether the target's host has the features that the domain requires, and none that it forbids: over both libvirt refuses the
 * start (formatdomain, "CPU model and topology"). What neither host-model names nor a model lacks is not told.
 */
export const featureFit = (domain: JsonObject, { has }: HostCpu): FeatureFit => {
  const required = featuresOf(domain, ['require']).filter((feature) => has(feature) !== true);
  const lacking = required.filter((feature) => has(feature) === false);
  if (lacking.length > 0)
    return { missing: `the target’s host lacks ${lacking.join(', ')}, which the domain requires` };
  const forbidden = featuresOf(domain, ['forbid']).filter((feature) => has(feature) !== false);
  const there = forbidden.filter((feature) => has(feature) === true);
  if (there.length > 0) return { missing: `the target’s host has ${there.join(', ')}, which the domain forbids` };
  const asks = required.length > 0 ? 'requires' : 'forbids';
  const untold = required.length > 0 ? required : forbidden;
  if (untold.length === 0) return {};
  return {
    unsure: `whether the target’s host has ${untold.join(', ')}, which the domain ${asks}, is not told by its domcapabilities`,
  };
};
