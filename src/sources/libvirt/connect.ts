import type { Hypervisor } from 'node-libvirt';
import { SourceError } from '../collect.ts';
import { type Deadline, DeadlineError } from './deadline.ts';
import { noAnswer } from './noAnswer.ts';

/** The libvirt error's text, on one line. The binding loses the error's code and domain, so nothing else tells. */
export const messageOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).replaceAll(/\s+/g, ' ').trim();

const advice = (message: string): string => {
  if (/permission denied/i.test(message)) return '; run as root or as a member of the group libvirt';
  // Debian's daemon lets polkit decide on the read-only socket too, and asks it over D-Bus.
  if (/polkit|authenticat|system bus/i.test(message)) {
    return '; run as root, or set auth_unix_ro = "none" in /etc/libvirt/libvirtd.conf';
  }
  if (/no such file|connection refused/i.test(message)) return '; is the daemon running? (systemctl status libvirtd)';
  return '';
};

/** The binding, ready for use: it loads its compiled part when the first connection is made up. @throws SourceError */
export const loadBinding = async () => {
  try {
    const binding = await import('node-libvirt');
    new binding.Hypervisor({ uri: '' });
    return binding;
  } catch (error) {
    throw new SourceError(
      `the libvirt binding can't be loaded: ${messageOf(error)}; install libvirt0 and run make build`,
    );
  }
};

/**
 * Opens the first of `uris` that answers.
 *
 * @throws SourceError with the reason of each that did not, and what to do
 */
export const connect = async (uris: readonly string[], deadline: Deadline): Promise<Hypervisor> => {
  const { Hypervisor: Connection } = await loadBinding();
  const reasons: string[] = [];
  for (const uri of uris) {
    const hypervisor = new Connection({ uri });
    try {
      await deadline.wait(hypervisor.connectOpen());
      return hypervisor;
    } catch (error) {
      if (error instanceof DeadlineError) {
        throw new SourceError(noAnswer(uri, deadline.milliseconds));
      }
      const message = messageOf(error);
      reasons.push(`${uri}: ${message}${advice(message)}`);
    }
  }
  throw new SourceError(reasons.join('; '));
};
