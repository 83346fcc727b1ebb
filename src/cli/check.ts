import { AuditorError, createAuditor } from '../auditor/auditor.ts';
import type { AuditSpec } from '../auditor/auditSpec.ts';
import { failedReport } from '../auditor/failedReport.ts';
import type { JobResult, Rendering } from '../auditor/job.ts';
import { unexpected } from '../auditor/unexpected.ts';
import { exitCode } from '../model/exitCode.ts';
import { InputError } from '../model/inputError.ts';
import type { Summary } from '../model/report.ts';
import { atLeast, type Severity, severities } from '../model/severity.ts';
import { auditSpec } from './auditOptions.ts';
import type { CheckOptions } from './checkOptions.ts';
import { endWithSignal } from './endWithSignal.ts';
import { lastComplete } from './lastComplete.ts';
import { libvirtShare } from './libvirtShare.ts';
import { type Output, outputsOf, writeOutput } from './output.ts';
import { probing } from './probeOption.ts';

const wantsColor = (when: string): boolean => {
  if (when === 'always') return true;
  if (when === 'never') return false;
  if (when !== 'auto') throw new InputError(`--color "${when}", expected auto, always or never`);
  // https://no-color.org
  return process.stdout.isTTY === true && (process.env.NO_COLOR ?? '') === '';
};

/** The one place where an audit becomes an exit code, whatever the format. */
export const exitCodeOf = ({ complete, failures }: Summary, failOn: Severity | 'never'): number => {
  if (!complete) return exitCode.incomplete;
  const grave =
    failOn !== 'never' && severities.some((severity) => atLeast(severity, failOn) && failures[severity] > 0);
  return grave ? exitCode.findings : exitCode.ok;
};

/** As `serve` has it by default. */
const maxFindingSeries = 5000;

type CheckRendering = Exclude<Rendering, { kind: 'page' }>;

const renderingOf = ({ format, path }: Output, color: boolean, minSeverity: Severity): CheckRendering => {
  if (format !== 'prometheus') return { kind: 'report', format, color: color && path === undefined, minSeverity };
  const before = path === undefined ? undefined : lastComplete(path);
  return { kind: 'metrics', maxFindingSeries, ...(before === undefined ? {} : { lastComplete: before }) };
};

/** What the page of `serve` has of the program itself. */
const ownMetrics = async (): Promise<string> => (await import('../exporter/processMetrics.ts')).buildInfo();

/** Renders without the auditor's process, which did not end in time. */
const failed = async (
  renderings: readonly CheckRendering[],
  reason: string,
  timeout: number,
): Promise<JobResult & { kind: 'done' }> => {
  const report = failedReport(reason, new Date(), timeout / 1000);
  const { time, summary, sources } = report;
  const [{ renderMetrics }, { reporters }] = await Promise.all([
    import('../exporter/renderMetrics.ts'),
    import('../reporters/reporters.ts'),
  ]);
  const texts = renderings.map((rendering) =>
    rendering.kind === 'metrics' ? renderMetrics(report, rendering) : reporters[rendering.format](report, rendering),
  );
  return { kind: 'done', texts: await Promise.all(texts), summary, sources, time, stuck: true };
};

const runJob = async (spec: AuditSpec, renderings: readonly CheckRendering[], timeout: number): Promise<JobResult> => {
  const auditor = createAuditor();
  const release = endWithSignal(auditor);
  try {
    return await auditor.run({ spec, renderings }, timeout);
  } catch (error) {
    if (!(error instanceof AuditorError)) throw error;
    return await failed(renderings, error.message, timeout);
  } finally {
    auditor.stop();
    release();
  }
};

/** `virt-audit check`: audits once, writes the reports, sets the exit code. */
export const check = async (options: CheckOptions): Promise<void> => {
  const outputs = outputsOf(options.format);
  const color = wantsColor(options.color);
  const renderings = outputs.map((output) => renderingOf(output, color, options.minSeverity));
  const { from, baseline, target, targetQemu } = options;
  if (from !== undefined && (options.connect !== undefined || options.domains.length > 0 || options.root !== '/')) {
    throw new InputError('--from is a whole host: leave out --connect, --domains and --root');
  }
  // Metrics of new findings alone would tell a monitoring that nothing else fails.
  if (baseline !== undefined && outputs.some(({ format }) => format === 'prometheus')) {
    throw new InputError('--format prometheus tells of everything that fails: leave out --baseline');
  }
  const plain = auditSpec(options, options.timeout * libvirtShare);
  const spec = {
    ...plain,
    ...probing(options, { ...plain, ...(from === undefined ? {} : { from }) }),
    ...(from === undefined ? {} : { from }),
    ...(baseline === undefined ? {} : { baseline }),
    ...(target.length === 0 && targetQemu === undefined
      ? {}
      : { target: { paths: target, ...(targetQemu === undefined ? {} : { qemu: targetQemu }) } }),
  };
  const result = await runJob(spec, renderings, options.timeout);
  if (result.kind !== 'done') throw unexpected(result);
  const { texts, summary } = result;
  process.exitCode = exitCodeOf(summary, options.failOn);
  const faults: InputError[] = [];
  for (const [index, output] of outputs.entries()) {
    const text = texts[index] ?? '';
    try {
      writeOutput(output, output.format === 'prometheus' ? `${text}${await ownMetrics()}` : text);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      // A full disk costs its own file, and none of the others.
      faults.push(error);
    }
  }
  if (faults.length > 0) throw new InputError(faults.map(({ message }) => message).join('; '));
};
