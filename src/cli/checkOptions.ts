import { type Command, Option } from 'commander';
import type { Severity } from '../model/severity.ts';
import { type AuditOptions, auditOptions } from './auditOptions.ts';
import { duration, release, repeatable, severity, threshold } from './option.ts';
import { type ProbeOption, probeOption } from './probeOption.ts';

export interface CheckOptions extends AuditOptions, ProbeOption {
  format: string[];
  failOn: Severity | 'never';
  minSeverity: Severity;
  timeout: number;
  from?: string;
  baseline?: string;
  target: string[];
  targetQemu?: string;
  color: string;
}

/** The command line of `virt-audit check`. */
export const checkOptions = (command: Command): Command =>
  probeOption(auditOptions(command))
    .description('Audit once and print a report.')
    .option(
      '--format <name[=path]>',
      'text, json or prometheus, to a file when a path is given (repeatable; default: text)',
      repeatable,
      [],
    )
    .option('--from <bundle>', 'judge what virt-audit collect saved, instead of a host')
    .option('--baseline <report>', 'leave out, and do not count, what an earlier report of --format json has too')
    .option(
      '--target <file>',
      'before an upgrade: a bundle of the upgraded host, or its virsh capabilities and domcapabilities (repeatable)',
      repeatable,
      [],
    )
    .option(
      '--target-qemu <version>',
      "before an upgrade: the new QEMU's version, for what its documentation says",
      release,
    )
    .option('--fail-on <severity>', 'exit with 1 from this severity on, or never', threshold, 'high')
    .option('--min-severity <severity>', 'show findings from this severity on; all are counted', severity, 'info')
    .addOption(
      new Option('--timeout <duration>', 'end the audit after this time, in seconds or with ms, s or m')
        .argParser(duration)
        .default(60_000, '60'),
    )
    .option('--color <when>', 'auto, always or never', 'auto')
    .addHelpText(
      'after',
      `
Exit status: 0 nothing found at or above --fail-on, 1 something found, 2 usage, configuration or rule file is wrong,
3 incomplete: something could not be read or judged, 70 a bug.`,
    );
