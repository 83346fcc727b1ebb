import type { JsonObject } from '../../model/json.ts';
import { valueAt } from '../../model/pointer.ts';
import type { CpuModel, DomainCapabilities } from './domainCapabilities.ts';
import { type Fit, missing, textAt } from './fit.ts';
import type { Wanted } from './offers.ts';

/** Features of a CPU model that the host lacks and the domain does without. */
const disabled = (domain: JsonObject): ReadonlySet<string> => {
  const features = valueAt(domain, '/cpu/feature');
  return new Set(
    (Array.isArray(features) ? (features as readonly JsonObject[]) : []).flatMap((feature) =>
      feature['@policy'] === 'disable' || feature['@policy'] === 'forbid' ? [String(feature['@name'])] : [],
    ),
  );
};

/** A CPU that is described without a mode is a custom one (formatdomain); a bare topology asks for none. */
export const cpuModeOf = (domain: JsonObject): string | undefined =>
  textAt(domain, '/cpu/@mode') ?? (textAt(domain, '/cpu/model') === undefined ? undefined : 'custom');

/** Features that the domain requires beyond its model. */
const required = (domain: JsonObject): string[] => {
  const features = valueAt(domain, '/cpu/feature');
  return (Array.isArray(features) ? (features as readonly JsonObject[]) : []).flatMap((feature) =>
    feature['@policy'] === undefined || feature['@policy'] === 'require' ? [String(feature['@name'])] : [],
  );
};

/** Why a target can't run a named CPU model, if it can't, for a domain that has to have all of it. */
const cpuObstacle = (domain: JsonObject, name: string, { usable, blockers }: CpuModel): string | undefined => {
  if (usable !== false) return undefined;
  if (blockers === undefined) return `the target’s host can’t run ${name}`;
  const without = disabled(domain);
  const lacking = blockers.filter((feature) => !without.has(feature));
  return lacking.length === 0 ? undefined : `for ${name} the target’s host lacks ${lacking.join(', ')}`;
};

/** Only where the domain forbids another model is one that QEMU lacks the end; else libvirt takes the nearest that it knows of. */
const withoutModel = (domain: JsonObject, name: string): Fit => {
  const facts = { mode: 'custom', model: name };
  const lacks = `the target’s QEMU has no CPU model ${name}`;
  if (valueAt(domain, '/cpu/model/@fallback') === 'forbid') return { facts: { ...facts, missing: lacks }, unknown: [] };
  const reason = `${lacks}; if its libvirt knows it, the domain gets the nearest that there is, else it does not start`;
  return { facts, unknown: [{ at: '/missing', reason }] };
};

/** How strictly the CPU is held against the host before a start; libvirt's defaults, which it writes into the XML. */
const checkOf = (domain: JsonObject, type: string): string =>
  textAt(domain, '/cpu/@check') ?? (type === 'kvm' ? 'partial' : 'none');

/**
 * `cpu`: why the target can't give the domain its CPU. Where `check='none'` waives it, which without KVM is the default,
 * libvirt starts the domain whatever features are missing (formatdomain, "CPU model and topology").
 */
export const cpuOnTarget = (domain: JsonObject, { type }: Wanted, caps: DomainCapabilities): Fit | undefined => {
  const mode = cpuModeOf(domain);
  if (mode === undefined) return undefined;
  const supported = caps.cpuMode(mode);
  if (supported === undefined) {
    const reason = `the target’s domcapabilities of ${caps.machine} say nothing of CPU mode ${mode}`;
    return { facts: { mode }, unknown: [{ at: '/missing', reason }] };
  }
  if (!supported)
    return { facts: { mode, ...missing(`the target gives ${type} domains no CPU mode ${mode}`) }, unknown: [] };
  const name = textAt(domain, '/cpu/model');
  if (mode !== 'custom' || name === undefined) return { facts: { mode }, unknown: [] };
  const model = caps.cpuModel(name);
  if (model === undefined) return withoutModel(domain, name);
  const facts = {
    mode,
    model: name,
    ...(model.deprecated ? { deprecated: `the target calls ${name} deprecated` } : {}),
  };
  if (checkOf(domain, type) === 'none') return { facts, unknown: [] };
  if (model.usable === undefined) {
    const reason = `the target’s libvirt does not know whether its host can run ${name}`;
    return { facts, unknown: [{ at: '/missing', reason }] };
  }
  const obstacle = cpuObstacle(domain, name, model);
  const untold = obstacle === undefined ? required(domain).filter((feature) => !caps.hostFeatures.has(feature)) : [];
  if (untold.length > 0) {
    const reason = `whether the target’s host has ${untold.join(', ')}, which the domain requires, is not told by its domcapabilities`;
    return { facts, unknown: [{ at: '/missing', reason }] };
  }
  return { facts: { ...facts, ...missing(obstacle) }, unknown: [] };
};
