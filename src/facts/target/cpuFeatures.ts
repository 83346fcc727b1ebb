import type { JsonObject } from '../../model/json.ts';
import { valueAt } from '../../model/pointer.ts';
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

/**
 * Whether the target's host has the features that the domain requires, and none that it forbids: over both libvirt refuses the
 * start (formatdomain, "CPU model and topology"). What neither host-model names nor a model lacks is not told.
 */
export const featureFit = (domain: JsonObject, { hostFeatures, lackingFeatures }: DomainCapabilities): FeatureFit => {
  const required = featuresOf(domain, ['require']).filter((feature) => !hostFeatures.has(feature));
  const lacking = required.filter((feature) => lackingFeatures.has(feature));
  if (lacking.length > 0)
    return { missing: `the target’s host lacks ${lacking.join(', ')}, which the domain requires` };
  const forbidden = featuresOf(domain, ['forbid']).filter((feature) => !lackingFeatures.has(feature));
  const there = forbidden.filter((feature) => hostFeatures.has(feature));
  if (there.length > 0) return { missing: `the target’s host has ${there.join(', ')}, which the domain forbids` };
  const asks = required.length > 0 ? 'requires' : 'forbids';
  const untold = required.length > 0 ? required : forbidden;
  if (untold.length === 0) return {};
  return {
    unsure: `whether the target’s host has ${untold.join(', ')}, which the domain ${asks}, is not told by its domcapabilities`,
  };
};
