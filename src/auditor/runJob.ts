import { evaluate } from '../engine/evaluate.ts';
import { evaluateRule } from '../engine/evaluateRule.ts';
import { InputError } from '../model/inputError.ts';
import type { Report } from '../model/report.ts';
import type { Subject } from '../model/subject.ts';
import { loadBinding } from '../sources/libvirt/connect.ts';
import { audit } from './audit.ts';
import { createAuditMemory } from './auditMemory.ts';
import type { AuditSpec } from './auditSpec.ts';
import { collectBundle } from './collectBundle.ts';
import type { Job, JobResult, Rendering } from './job.ts';
import { loadRuleset, type Ruleset } from './loadRuleset.ts';
import type { RulesetFiles } from './rulesetFiles.ts';

/** libvirt is waited for at least this long, in milliseconds. */
const leastWait = 500;

/** The rules of the last job, which a process that serves is asked for again and again. */
let last: { key: string; ruleset: Ruleset } | undefined;

/** What the last audit left. It is right whatever the next one is asked for: all is compared before it is used again. */
const memory = createAuditMemory();

/** The selected rules, compiled. @throws InputError */
const rulesetOf = async (spec: AuditSpec, files: RulesetFiles | undefined): Promise<Ruleset> => {
  const { rules, tags, only, skip, profile, config } = spec;
  const key = JSON.stringify([rules, tags, only, skip, profile, config]);
  if (last?.key !== key) last = { key, ruleset: await loadRuleset(spec, files) };
  return last.ruleset;
};

/** Whatever has to be compiled for these rules is, before the first audit and not in its time. */
const warmUp = (rules: Ruleset['rules']): void => {
  const subject: Subject = { target: { kind: 'host', name: '' }, facts: {}, unknown: [] };
  for (const rule of rules) {
    rule.when?.prepare();
    rule.assert.prepare();
    evaluateRule(rule, subject);
  }
  // Of no subject yet, but what all rules look at is put together.
  evaluate(rules, []);
};

/** What renders is loaded when it is asked for: few jobs ask for all of it, and prom-client alone is a tenth of the start. */
const render = async (report: Report, rendering: Rendering): Promise<string> => {
  switch (rendering.kind) {
    case 'report': {
      const { reporters } = await import('../reporters/reporters.ts');
      return reporters[rendering.format](report, rendering);
    }
    case 'metrics': {
      const { renderMetrics } = await import('../exporter/renderMetrics.ts');
      return renderMetrics(report, rendering);
    }
    case 'page': {
      const { renderPage } = await import('../exporter/renderPage.ts');
      return renderPage(report, rendering.telemetryPath);
    }
  }
};

/**
 * Audits once and renders. Never throws: what goes wrong is part of the result.
 *
 * @param files the operator's rules and profile; read where the job says when not given, and always the same ones in one
 * process
 */
export const runJob = async (job: Job, files?: RulesetFiles): Promise<JobResult> => {
  try {
    // The first job's time began with the process: starting it and compiling the rules come out of libvirt's share.
    const began = last === undefined ? 0 : performance.now();
    const ruleset = await rulesetOf(job.spec, files);
    if (job.dryRun) {
      warmUp(ruleset.rules);
      // Whether it can be loaded is for the audit to tell.
      if (job.spec.connect !== undefined) await loadBinding().catch(() => {});
      return { kind: 'ready' };
    }
    const spent = Math.ceil((performance.now() - began) / 100) * 100;
    const spec = { ...job.spec, timeout: Math.max(job.spec.timeout - spent, leastWait) };
    if (job.collect) return await collectBundle(spec, ruleset.parameters, new Date());
    const report = await audit(spec, ruleset, () => new Date(), memory);
    return {
      kind: 'done',
      texts: await Promise.all(job.renderings.map((rendering) => render(report, rendering))),
      summary: report.summary,
      sources: report.sources,
      time: report.time,
      stuck: memory.session.stuck,
    };
  } catch (error) {
    if (error instanceof InputError) return { kind: 'input', message: error.message };
    return { kind: 'bug', stack: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
};
