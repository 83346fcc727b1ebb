import type { Command } from 'commander';
import type { AuditSpec } from '../auditor/auditSpec.ts';
import { InputError } from '../model/inputError.ts';

/** Whether guest agents are asked. */
export interface ProbeOption {
  probeAgent?: true;
}

/** Adds `--probe-agent` to a command that audits once. */
export const probeOption = (command: Command): Command =>
  command.option(
    '--probe-agent',
    'ask the agents of running guests for guest-info and guest-fsfreeze-status, nothing else, at most 6 s per domain; this opens a read-write connection, since libvirt lets no read-only client ask, and libvirt marks the domains as tainted (custom-ga-command)',
  );

/**
 * The part of the audit that `--probe-agent` is.
 *
 * @throws InputError where there is no daemon to ask
 */
export const probing = (
  { probeAgent }: ProbeOption,
  { connect, from }: Pick<AuditSpec, 'connect' | 'from'>,
): ProbeOption => {
  if (probeAgent !== true) return {};
  if (from !== undefined) throw new InputError('--probe-agent asks running guests: leave it out with --from');
  if (connect === undefined) {
    throw new InputError(
      '--probe-agent asks running guests: with --domains or --root, say --connect too, or leave it out',
    );
  }
  return { probeAgent };
};
