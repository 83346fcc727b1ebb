import type { JsonObject } from '../../model/json.ts';
import { valueAt } from '../../model/pointer.ts';
import type { Processor } from '../host/daemon/capabilities.ts';
import { type FeatureFit, featureFit, featuresOf, type HostCpu, hostCpu } from './cpuFeatures.ts';
import type { CpuModel, DomainCapabilities } from './domainCapabilities.ts';
import { type Fit, missing, textAt } from './fit.ts';
import type { Wanted } from './offers.ts';

/** A CPU that is described without a mode is a custom one (formatdomain); a bare topology asks for none. */
export const cpuModeOf = (domain: JsonObject): string | undefined =>
  textAt(domain, '/cpu/@mode') ?? (textAt(domain, '/cpu/model') === undefined ? undefined : 'custom');

/** Why a target can't run a named CPU model, if it can't, for a domain that has to have all of it that it does not do without. */
const modelFit = (domain: JsonObject, name: string, { usable, blockers }: CpuModel, host: HostCpu): FeatureFit => {
  if (usable === true) return {};
  if (usable === undefined) return { unsure: `the target’s libvirt does not know whether its host can run ${name}` };
  // Forced ones are not asked of the host either (formatdomain).
  const without = featuresOf(domain, ['optional', 'force', 'disable', 'forbid']);
  if (blockers === undefined && host.isQemus && without.length === 0)
    return { missing: `the target’s host can’t run ${name}` };
  if (blockers === undefined) {
    const but = without.length === 0 ? 'with what its processor has' : `without ${without.join(', ')}`;
    return {
      unsure: `the target’s host can’t run ${name} as QEMU has it, and its libvirt does not tell whether it can ${but}`,
    };
  }
  const wanted = blockers.filter((feature) => !without.includes(feature));
  const lacking = wanted.filter((feature) => host.besideQemu(feature) === false);
  if (lacking.length > 0) return { missing: `for ${name} the target’s host lacks ${lacking.join(', ')}` };
  const untold = wanted.filter((feature) => host.besideQemu(feature) === undefined);
  if (untold.length === 0) return {};
  return {
    unsure: `for ${name} the target’s QEMU lacks ${untold.join(', ')}, and whether its processor has them, with which the domain starts all the same, is not told`,
  };
};

/** Only where the domain forbids another model is one that QEMU lacks the end; else libvirt takes the nearest that it knows of. */
const withoutModel = (domain: JsonObject, name: string): Fit => {
  const facts = { mode: 'custom', model: name };
  const lacks = `the target’s QEMU has no CPU model ${name}`;
  if (valueAt(domain, '/cpu/model/@fallback') === 'forbid') return { facts: { ...facts, missing: lacks }, unknown: [] };
  const reason = `${lacks}; if its libvirt knows it, the domain gets the nearest that there is, else it does not start`;
  return { facts, unknown: [{ at: '/missing', reason }] };
};

/**
 * Whether single features are held against the host before a start; libvirt's defaults, which it writes into the XML of custom
 * CPUs. The CPUs that are all that the host or QEMU has are only looked at once they are there.
 */
const isChecked = (domain: JsonObject, mode: string, type: string): boolean => {
  const check = textAt(domain, '/cpu/@check');
  if (mode === 'host-model') return check !== 'none';
  if (mode !== 'custom') return check === 'full';
  return (check ?? (type === 'kvm' ? 'partial' : 'none')) !== 'none';
};

/** Why libvirt refuses a named model on the target for more than the model itself, or why that is not known. */
const vendorFit = (domain: JsonObject, { hostVendor }: DomainCapabilities): FeatureFit => {
  const vendor = textAt(domain, '/cpu/vendor');
  if (vendor === undefined || vendor === hostVendor) return {};
  if (hostVendor === undefined) return { unsure: 'whose processors the target has is not told by its domcapabilities' };
  return { missing: `the target’s processors are of ${hostVendor}, not of ${vendor}` };
};

/** A strict CPU is refused where the host has more than it, which no domcapabilities tell of all features. */
const strictFit = (domain: JsonObject): FeatureFit =>
  textAt(domain, '/cpu/@match') === 'strict'
    ? { unsure: "with match='strict' the domain starts only where the host has no feature more, which is not told" }
    : {};

/** The gravest of several: what is missing is so whatever else is not known. */
const gravest = (facts: JsonObject, fits: readonly FeatureFit[]): Fit => {
  const why = fits.find((fit) => fit.missing !== undefined)?.missing;
  if (why !== undefined) return { facts: { ...facts, missing: why }, unknown: [] };
  const reason = fits.find(({ unsure }) => unsure !== undefined)?.unsure;
  return { facts, unknown: reason === undefined ? [] : [{ at: '/missing', reason }] };
};

/**
 * `cpu`: why the target can't give the domain its CPU. Where `check='none'` waives it, which for custom CPUs without KVM is the
 * default, libvirt starts the domain whatever features are missing (formatdomain, "CPU model and topology").
 */
export const cpuOnTarget = (
  domain: JsonObject,
  { type }: Wanted,
  caps: DomainCapabilities,
  processor: Processor | undefined,
): Fit | undefined => {
  const mode = cpuModeOf(domain);
  if (mode === undefined) return undefined;
  const supported = caps.cpuMode(mode);
  if (supported === undefined) {
    const reason = `the target’s domcapabilities of ${caps.machine} say nothing of CPU mode ${mode}`;
    return { facts: { mode }, unknown: [{ at: '/missing', reason }] };
  }
  if (!supported)
    return { facts: { mode, ...missing(`the target gives ${type} domains no CPU mode ${mode}`) }, unknown: [] };
  const checked = isChecked(domain, mode, type);
  const host = hostCpu(domain, type, caps, processor);
  const name = textAt(domain, '/cpu/model');
  if (mode !== 'custom' || name === undefined) return gravest({ mode }, checked ? [featureFit(domain, host)] : []);
  const model = caps.cpuModel(name);
  if (model === undefined) return withoutModel(domain, name);
  const facts = {
    mode,
    model: name,
    ...(model.deprecated ? { deprecated: `the target calls ${name} deprecated` } : {}),
  };
  if (!checked) return { facts, unknown: [] };
  return gravest(facts, [
    modelFit(domain, name, model, host),
    vendorFit(domain, caps),
    featureFit(domain, host),
    strictFit(domain),
  ]);
};
