import { type Command, Option } from 'commander';
import { type AuditOptions, auditOptions } from './auditOptions.ts';
import { duration } from './option.ts';
import { type ProbeOption, probeOption } from './probeOption.ts';

export interface CollectOptions extends AuditOptions, ProbeOption {
  output: string;
  timeout: number;
}

/** The command line of `virt-audit collect`. */
export const collectOptions = (command: Command): Command =>
  probeOption(auditOptions(command))
    .description('Save everything that an audit reads, without secrets, for check --from.')
    .requiredOption('-o, --output <file>', 'the bundle; packed when its name ends in .gz')
    .addOption(new Option('--timeout <seconds>', 'end after this time').argParser(duration).default(60_000, '60'));
