import { join } from 'node:path';
import type { CommandOptions, CommandResult } from './runCommand.ts';

/** The built program, as a user runs it. */
export const mainModule = join(import.meta.dirname, '..', '..', 'dist', 'main.js');

/** Runs a command somewhere: on this machine, or inside a private libvirt. */
export type Run = (command: string, args: readonly string[], options?: CommandOptions) => Promise<CommandResult>;

/** What tests read of `--format json`; docs/report.schema.json has it all. */
export interface JsonReport {
  sources: { name: string; ok: boolean; reason?: string }[];
  summary: { complete: boolean; domains: Record<string, number>; unaudited: Record<string, number> };
  findings: {
    rule: string;
    outcome: string;
    target: { kind: string; name: string };
    definition?: string;
    reason?: string;
    violations?: { at: string; message: string; actual?: unknown }[];
  }[];
}

/** Runs virt-audit to its end. */
export const virtAudit = (run: Run, args: readonly string[], options?: CommandOptions): Promise<CommandResult> =>
  run(process.execPath, [mainModule, ...args], options);

/** Runs `virt-audit check --format json`, and parses what it says. A busy machine may take longer than a host is given by default. */
export const checkJson = async (
  run: Run,
  args: readonly string[],
): Promise<{ code: number | null; report: JsonReport; stderr: string }> => {
  const { code, stdout, stderr } = await virtAudit(run, ['check', '--format', 'json', '--timeout', '240', ...args]);
  if (stdout === '') throw new Error(`no report, exit ${code}: ${stderr}`);
  return { code, report: JSON.parse(stdout) as JsonReport, stderr };
};

/** `outcome` of each of a rule's findings on a domain, by definition. */
export const outcomesOf = ({ findings }: JsonReport, rule: string, name: string): Record<string, string> =>
  Object.fromEntries(
    findings
      .filter((finding) => finding.rule === rule && finding.target.name === name)
      .map(({ definition = 'none', outcome }) => [definition, outcome]),
  );
