import { type Command, Option } from 'commander';
import { type AuditOptions, auditOptions } from './auditOptions.ts';
import { duration } from './option.ts';
import { type ProbeOption, probeOption } from './probeOption.ts';

export interface CollectOptions extends AuditOptions, ProbeOption {
  output: string;
  timeout: number;
  domcapabilities?: true;
}

/** The command line of `virt-audit collect`. */
export const collectOptions = (command: Command): Command =>
  probeOption(auditOptions(command))
    .description('Save everything that an audit reads, without secrets, for check --from.')
    .requiredOption('-o, --output <file>', 'the bundle; packed when its name ends in .gz')
    .option(
      '--domcapabilities',
      'ask what the emulators offer, too, for check --target: over a connection that may write, as libvirt demands (CVE-2019-10167)',
    )
    .addOption(new Option('--timeout <seconds>', 'end after this time').argParser(duration).default(60_000, '60'));
