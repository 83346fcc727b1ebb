import { newFindings } from '../engine/compareFindings.ts';
import { summarize } from '../engine/summarize.ts';
import { upgradeSummary } from '../engine/upgradeSummary.ts';
import { waive } from '../engine/waive.ts';
import { assemble } from '../facts/assemble.ts';
import type { AppArmorState } from '../facts/host/apparmor/apparmorState.ts';
import type { Offers } from '../facts/target/offers.ts';
import type { Finding } from '../model/finding.ts';
import type { AppArmorSummary, Report } from '../model/report.ts';
import type { SourceResult } from '../model/source.ts';
import type { Subject } from '../model/subject.ts';
import { jsonFile, savedReport } from '../sources/reportFile.ts';
import { targetFiles } from '../sources/targetFiles.ts';
import type { AuditMemory } from './auditMemory.ts';
import type { AuditSpec } from './auditSpec.ts';
import { collectEvidence } from './collectEvidence.ts';
import type { Ruleset } from './loadRuleset.ts';

const apparmorSummary = ({ enabled, loaded }: AppArmorState): AppArmorSummary => {
  const profiles: Record<string, number> = {};
  for (const mode of loaded?.values() ?? []) profiles[mode] = (profiles[mode] ?? 0) + 1;
  return { ...(enabled === undefined ? {} : { enabled }), ...(loaded === undefined ? {} : { profiles }) };
};

/** The sources of what the host itself is like. */
const ofHost = ['apparmor', 'host'];

/** Why what these should have brought is unknown; undefined where they did. */
const unseenOf = (sources: Report['sources']): string | undefined => {
  const reasons = ofHost.flatMap((name) => {
    const source = sources.find((each) => each.name === name);
    if (source?.ok) return [];
    return [`the source ${name} ${source === undefined ? 'was not asked' : `failed: ${source.reason}`}`];
  });
  return reasons[0];
};

/** What the upgrade is about, with what nobody asked: a rule that was left out finds nothing, which is no promise. */
const knownOf = (
  { name, qemu, unseen }: Offers,
  notAsked: readonly string[],
): { name: string; qemu?: string; unseen: readonly string[] } => ({
  name,
  unseen: [
    ...unseen,
    ...(notAsked.length === 0 ? [] : [`rules about the upgrade were left out of this audit: ${notAsked.join(', ')}`]),
  ],
  ...(qemu === undefined ? {} : { qemu }),
});

/** Whether every domain is there under its own name: libvirt names one that it can't describe, a damaged file does not. */
const allDomainsKnown = (subjects: readonly Subject[], sources: readonly SourceResult[]): boolean =>
  sources.every(({ name, ok }) => ok || (name !== 'libvirt' && name !== 'domains')) &&
  subjects.every(({ unaudited, target }) => unaudited === undefined || target.uuid !== undefined);

/** Each domain once, however many definitions it has. */
const domainsOf = (subjects: readonly Subject[]): Report['domains'] => {
  const domains = subjects.flatMap(({ target: { kind, name, uuid = '' } }) =>
    kind === 'domain' ? [{ name, uuid }] : [],
  );
  return [...new Map(domains.map((domain) => [domain.uuid || `\n${domain.name}`, domain])).values()];
};

const placesIn = (findings: readonly Finding[]): number =>
  findings.reduce((sum, finding) => sum + (finding.outcome === 'fail' ? finding.violations.length : 0), 0);

/** The findings that an earlier report does not have, and how many places that leaves out. @throws InputError */
const withoutKnown = (all: readonly Finding[], baseline: string | undefined): Pick<Report, 'findings' | 'baseline'> => {
  if (baseline === undefined) return { findings: all };
  const findings = newFindings(
    savedReport(jsonFile(baseline, '--baseline takes a report of check --format json'), baseline).findings,
    all,
  );
  return { findings, baseline: { report: baseline, known: placesIn(all) - placesIn(findings) } };
};

/**
 * Audits once: asks the sources, draws facts from what they bring, judges the facts.
 *
 * @param memory what the last audit left: what has not changed since is neither parsed nor judged again
 */
export const audit = async (
  spec: AuditSpec,
  { info, rules, parameters, waivers, notAsked }: Ruleset,
  now: () => Date,
  memory: AuditMemory,
): Promise<Report> => {
  const began = now();
  const since = performance.now();
  const target = spec.target === undefined ? undefined : targetFiles(spec.target.paths, spec.target.qemu);
  const { documents, sources, parsed, taken } = await collectEvidence(spec, parameters, memory);
  const { subjects, host, offers } = assemble(parsed, documents, parameters, {
    now: taken ?? began,
    memory: memory.host,
    unseen: unseenOf(sources),
    ...(target === undefined ? {} : { target }),
  });
  const all = memory.engine(rules, subjects);
  const today = began.toISOString().slice(0, 10);
  // What was known before blocks an upgrade, and needs its waiver, as much as what is new.
  const { findings: everything, waivers: applied } = waive(all, waivers, today, allDomainsKnown(subjects, sources));
  const { findings, ...compared } = withoutKnown(everything, spec.baseline);
  const infos = rules.map((rule) => rule.info);
  return {
    time: began.toISOString(),
    seconds: Math.round(performance.now() - since) / 1000,
    sources,
    ruleset: info,
    rules: infos,
    findings,
    ...compared,
    waivers: applied,
    summary: summarize(subjects, findings, sources),
    ...(offers === undefined ? {} : { upgrade: upgradeSummary(knownOf(offers, notAsked), infos, everything, sources) }),
    apparmor: apparmorSummary(host.state),
    domains: domainsOf(subjects),
  };
};
