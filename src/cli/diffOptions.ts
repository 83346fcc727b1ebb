import type { Command } from 'commander';
import type { Severity } from '../model/severity.ts';
import { threshold } from './option.ts';

export interface DiffOptions {
  failOnNew: Severity | 'never';
  format: string;
  all: boolean;
}

/** The command line of `virt-audit diff`. */
export const diffOptions = (command: Command): Command =>
  command
    .argument('<before>', 'a report of check --format json, or a bundle of collect, which the default rules judge')
    .argument('<after>', 'a later one')
    .description('What is new, fixed and changed between two audits, by rule, domain and place.')
    .option(
      '--fail-on-new <severity>',
      'exit with 1 when something new is of this severity or graver, or never',
      threshold,
      'never',
    )
    .option('--format <name>', 'text or json', 'text')
    .option('--all', 'show what is unchanged too', false)
    .addHelpText(
      'after',
      `
Exit status: 0 nothing new at or above --fail-on-new, 1 something new, or as grave or without its waiver only now, 2 usage is
wrong, or a file is no report, 3 a source that the earlier audit had failed in the later one.`,
    );
