import { writeFileSync } from 'node:fs';
import { AuditorError, createAuditor } from '../auditor/auditor.ts';
import type { AuditSpec } from '../auditor/auditSpec.ts';
import { failedReport } from '../auditor/failedReport.ts';
import type { JobResult, ReportRendering } from '../auditor/job.ts';
import { exitCode } from '../model/exitCode.ts';
import { InputError } from '../model/inputError.ts';
import type { Summary } from '../model/report.ts';
import { atLeast, type Severity, severities } from '../model/severity.ts';
import { isReporterName, type ReporterName, reporters } from '../reporters/reporters.ts';
import { auditSpec } from './auditOptions.ts';
import type { CheckOptions } from './checkOptions.ts';

interface Output {
  format: ReporterName;
  path?: string;
}

/** The share of the time that libvirt gets: what it leaves is for the rest, so that a hung daemon costs no report. */
const libvirtShare = 0.6;

const outputOf = (argument: string): Output => {
  const [format = '', ...path] = argument.split('=');
  if (!isReporterName(format)) {
    throw new InputError(`unknown format "${format}", expected one of ${Object.keys(reporters).join(', ')}`);
  }
  return path.length === 0 ? { format } : { format, path: path.join('=') };
};

const outputsOf = (formats: readonly string[]): Output[] => {
  const outputs = (formats.length === 0 ? ['text'] : formats).map(outputOf);
  if (outputs.filter(({ path }) => path === undefined).length > 1) {
    throw new InputError('two formats for one standard output; give all but one a path: --format json=report.json');
  }
  const paths = outputs.map(({ path }) => path);
  const twice = paths.find((path, index) => path !== undefined && paths.indexOf(path) !== index);
  if (twice !== undefined) throw new InputError(`--format: ${twice} is named twice`);
  return outputs;
};

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

const write = ({ path }: Output, text: string): void => {
  if (path === undefined) {
    process.stdout.write(text);
    return;
  }
  try {
    writeFileSync(path, text);
  } catch (error) {
    throw new InputError(`--format: can't write ${path}: ${(error as NodeJS.ErrnoException).code}`);
  }
};

/** Renders without the auditor's process, which did not end in time. */
const failed = (renderings: readonly ReportRendering[], reason: string, timeout: number): JobResult => {
  const report = failedReport(reason, new Date(), timeout / 1000);
  const texts = renderings.map(({ format, color }) => reporters[format](report, { color }));
  return { kind: 'done', texts, summary: report.summary, stuck: true };
};

const runJob = async (spec: AuditSpec, renderings: readonly ReportRendering[], timeout: number): Promise<JobResult> => {
  const auditor = createAuditor();
  try {
    return await auditor.run({ spec, renderings }, timeout);
  } catch (error) {
    if (!(error instanceof AuditorError)) throw error;
    return failed(renderings, error.message, timeout);
  } finally {
    auditor.stop();
  }
};

/** `virt-audit check`: audits once, writes the reports, sets the exit code. */
export const check = async (options: CheckOptions): Promise<void> => {
  const outputs = outputsOf(options.format);
  const color = wantsColor(options.color);
  const renderings = outputs.map(
    ({ format, path }): ReportRendering => ({
      kind: 'report',
      format,
      color: color && path === undefined,
      minSeverity: options.minSeverity,
    }),
  );
  const { from, baseline } = options;
  if (from !== undefined && (options.connect !== undefined || options.domains.length > 0 || options.root !== '/')) {
    throw new InputError('--from is a whole host: leave out --connect, --domains and --root');
  }
  const spec = {
    ...auditSpec(options, options.timeout * libvirtShare),
    ...(from === undefined ? {} : { from }),
    ...(baseline === undefined ? {} : { baseline }),
  };
  const result = await runJob(spec, renderings, options.timeout);
  switch (result.kind) {
    case 'input':
      throw new InputError(result.message);
    case 'bug':
      throw Object.assign(new Error('the auditor failed'), { stack: result.stack });
    case 'ready':
    case 'collected':
      return;
    case 'done': {
      const { texts, summary } = result;
      process.exitCode = exitCodeOf(summary, options.failOn);
      for (const [index, output] of outputs.entries()) write(output, texts[index] ?? '');
    }
  }
};
