import type { HostTree } from './hostTree.ts';
import type { Learnt } from './learnt.ts';
import { unitPath, unitsOf } from './units.ts';
import { unreadableAs } from './unreadable.ts';

/** The programs that keep a Linux host's clock, by the units that distributions give them. */
const clocks = ['chrony', 'chronyd', 'ntp', 'ntpd', 'ntpsec', 'openntpd', 'systemd-timesyncd'];

/** `host.services`: which of the services that rules ask for are started at boot; absent on a host without systemd. */
export const services = (tree: HostTree): Learnt => {
  const units = unitsOf(tree);
  if (units.unreadable !== undefined) {
    return { facts: {}, unknown: [{ at: '/host/services', reason: units.unreadable }] };
  }
  if (!units.exist) return { facts: {}, unknown: [] };
  return {
    facts: {
      services: {
        guests: units.isEnabled('libvirt-guests.service'),
        clocks: clocks.filter((name) => units.isEnabled(`${name}.service`)),
      },
    },
    unknown: [
      ...unreadableAs(
        tree,
        clocks.map((name) => unitPath(`${name}.service`)),
        '/host/services/clocks',
      ),
      ...unreadableAs(tree, [unitPath('libvirt-guests.service')], '/host/services/guests'),
    ],
  };
};
