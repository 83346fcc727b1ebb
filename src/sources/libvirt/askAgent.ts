import { runVirsh } from './runVirsh.ts';

/** What an agent said to a command, or why it said nothing; undefined when there is no such domain any more. */
export type AgentAnswer = { return: unknown } | { error: string } | undefined;

/** That the question did not even reach the daemon, so that no other will. */
export class UnreachableError extends Error {
  override readonly name = 'UnreachableError';
}

/** Commands of qemu-ga that only read (QEMU's qga/qapi-schema.json). No other is ever sent. */
export type ReadingCommand = 'guest-info' | 'guest-fsfreeze-status';

/** What virsh itself may take beside the agent. */
const grace = 1000;

const answerIn = (output: string): AgentAnswer => {
  try {
    const reply: unknown = JSON.parse(output);
    if (typeof reply === 'object' && reply !== null && 'return' in reply) return { return: reply.return };
  } catch {
    // Said below, as what is JSON and no answer.
  }
  return { error: 'virsh printed no answer of an agent' };
};

/**
 * Asks the guest agent of one domain.
 *
 * @param milliseconds how long libvirt waits for the answer; virsh is killed a second later
 * @throws UnreachableError
 */
export const askAgent = async (
  uri: string,
  uuid: string,
  command: ReadingCommand,
  milliseconds: number,
): Promise<AgentAnswer> => {
  const seconds = Math.max(1, Math.ceil(milliseconds / 1000));
  const question = ['qemu-agent-command', '--timeout', String(seconds), uuid, JSON.stringify({ execute: command })];
  const result = await runVirsh(['--connect', uri, ...question], milliseconds + grace);
  switch (result.kind) {
    case 'done':
      return answerIn(result.output);
    case 'missing':
      throw new UnreachableError(
        'virsh is not installed, and only it can ask guest agents; apt install libvirt-clients',
      );
    case 'late':
      return { error: `virsh did not end within ${Math.round((milliseconds + grace) / 1000)} s` };
    case 'failed': {
      const last =
        result.errors
          .split('\n')
          .at(-1)
          ?.replace(/^error: /, '') ?? '';
      if (/failed to connect to the hypervisor/.test(result.errors)) {
        const advice = /permission|polkit|authenticat/i.test(last)
          ? '; run as root or as a member of the group libvirt'
          : '';
        throw new UnreachableError(`${uri}: ${last}${advice}`);
      }
      // It has ended since it was listed, which is no fault of anything.
      return /failed to get domain|domain is not running/.test(result.errors) ? undefined : { error: last };
    }
  }
};
