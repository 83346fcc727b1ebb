import type { Registry } from 'prom-client';
import type { Report } from '../../model/report.ts';
import { gauge, single } from './gauge.ts';

/** Modes in which the kernel lists profiles. */
const modes = ['enforce', 'complain', 'kill', 'unconfined'] as const;

/** What the kernel says of AppArmor; a metric is absent where it could not be learnt. */
export const hostMetrics = (registry: Registry, { apparmor: { enabled, profiles } }: Report): void => {
  if (enabled !== undefined) {
    single(registry, 'apparmor_enabled', 'Whether the kernel has AppArmor enabled.', enabled ? 1 : 0);
  }
  if (profiles === undefined) return;
  gauge(
    registry,
    'apparmor_profiles',
    'AppArmor profiles loaded in the kernel, by mode.',
    ['mode'],
    // The kernel may know more modes than this program: none is left out.
    [...new Set([...modes, ...Object.keys(profiles)])].map((mode) => [{ mode }, profiles[mode] ?? 0]),
  );
};
