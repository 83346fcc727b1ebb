import type { HostTree } from '../hostTree.ts';
import type { Learnt } from '../learnt.ts';
import { unreadableAs } from '../unreadable.ts';
import { unitPath, unitsOf } from './units.ts';

/** The programs that keep a Linux host's clock, by the units that distributions give them. */
const clocks = ['chrony', 'chronyd', 'ntp', 'ntpd', 'ntpsec', 'openntpd', 'systemd-timesyncd', 'timemaster'];

/** linuxptp's, each perhaps one of a network interface: ptp4l keeps the interface's clock or the host's, phc2sys the host's. */
const precise = /^(?:ptp4l|phc2sys)(?:@.*)?$/;

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
        clocks: units.enabled
          .flatMap((unit) => /^(.*)\.service$/.exec(unit)?.[1] ?? [])
          .filter((name) => clocks.includes(name) || precise.test(name)),
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
