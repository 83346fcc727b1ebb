import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import type { AuditSpec } from '../auditor/auditSpec.ts';
import { repeatable } from './option.ts';
import { packagedConfig, readConfig } from './readConfig.ts';

/** What `check` and `serve` both take: which host, and by which rules. */
export interface AuditOptions {
  connect?: string;
  domains: string[];
  root: string;
  rules: string[];
  tag: string[];
  rule: string[];
  skip: string[];
  profile?: string;
  config?: string;
}

/** Adds the options of an audit to a command. */
export const auditOptions = (command: Command): Command =>
  command
    .option('-c, --connect <uri>', 'libvirt to audit, on its read-only socket (default: qemu:///system)')
    .option(
      '--domains <path>',
      'domain XML: a file or a folder of *.xml, instead of a daemon (repeatable)',
      repeatable,
      [],
    )
    .option('--root <dir>', "the host's file system: a mounted disk or an unpacked sosreport", '/')
    .option('--rules <path>', 'further rules: a file or a folder (repeatable)', repeatable, [])
    .option('--tag <tag>', 'only rules with this tag (repeatable)', repeatable, [])
    .option('--rule <id>', 'only this rule (repeatable)', repeatable, [])
    .option('--skip <id>', 'not this rule (repeatable)', repeatable, [])
    .option('--profile <name>', 'default, cloudstack, openstack, or the path of a profile (default: default)')
    .option('--config <file>', `settings and waivers (default: ${packagedConfig}, where it exists)`);

/** Which domains: those asked for; with a root that is not this host's own, those of that root; else the daemon's. */
const domainsOf = ({ connect, domains, root }: AuditOptions): Pick<AuditSpec, 'connect' | 'domains'> => {
  if (connect !== undefined) return { connect, domains };
  if (domains.length > 0) return { domains };
  return resolve(root) === '/'
    ? { connect: 'qemu:///system', domains: [] }
    : { domains: [join(root, 'etc', 'libvirt', 'qemu')] };
};

/**
 * The audit that the options and the configuration ask for.
 *
 * @param timeout how long libvirt is waited for, in milliseconds
 * @throws InputError for a configuration that can't be read
 */
export const auditSpec = (options: AuditOptions, timeout: number): AuditSpec => {
  const config = readConfig(options.config);
  return {
    ...domainsOf(options),
    root: options.root,
    rules: options.rules,
    tags: options.tag,
    only: options.rule,
    skip: options.skip,
    ...(options.profile === undefined ? {} : { profile: options.profile }),
    ...(config === undefined ? {} : { config }),
    timeout,
  };
};
