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
    .addOption(
      new Option('--timeout <duration>', 'end after this time, in seconds or with ms, s or m')
        .argParser(duration)
        .default(60_000, '60'),
    )
    .addHelpText(
      'after',
      `
Exit status: 0 all was read, 2 usage or configuration is wrong, or the bundle can't be written, 3 something could not be
read: the bundle says what, and holds the rest; or it did not end in time, and there is none, 70 a bug.`,
    );
