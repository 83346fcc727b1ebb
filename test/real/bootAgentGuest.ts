import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { type AgentGuestOptions, agentGuestXml } from './agentGuestXml.ts';
import { eventually } from './eventually.ts';
import { guestImage } from './guestImage.ts';
import type { PrivateLibvirt } from './privateLibvirt.ts';
import { serialPorts } from './serialPorts.ts';

const agentChannel = 'org.qemu.guest_agent.0';

/** The emulated guest boots in seconds, on a busy machine in many more. */
const patience = { timeoutMs: 300_000, everyMs: 200 };

/** A running guest whose agent answers. */
export interface AgentGuest {
  readonly name: string;
  /** What the guest has written to its console: `ls -l /dev/virtio-ports/` among it. */
  console(): Promise<string>;
  /** What the live XML says of each virtio channel, by its target's name: `connected` or `disconnected`. */
  channelStates(): Promise<Record<string, string>>;
  /** Ends the agent in the guest, and waits until libvirt knows. */
  stopAgent(): Promise<void>;
  /** Starts the agent in the guest, deaf to the commands that are `blocked`, and waits until libvirt knows. */
  startAgent(...blocked: string[]): Promise<void>;
  /** Stops the agent where it stands: its port stays open, and nothing is answered until `stopAgent`. */
  hangAgent(): Promise<void>;
}

/** Defines and starts a guest, and waits until its ports are there and libvirt knows that its agent listens. */
export const bootAgentGuest = async (libvirt: PrivateLibvirt, options: AgentGuestOptions): Promise<AgentGuest> => {
  const { name } = options;
  const serial = serialPorts(name);
  const console = (): Promise<string> => readFile(libvirt.path(serial.console), 'utf8');

  const channelStates = async (): Promise<Record<string, string>> => {
    const targets = (await libvirt.dumpxml(name)).matchAll(/<target type='virtio' name='([^']*)' state='([^']*)'\/>/g);
    return Object.fromEntries([...targets].map(([, target = '', state = '']) => [target, state]));
  };
  const agentIs = (state: string): Promise<true> =>
    eventually(
      `the agent's channel of ${name} is ${state}`,
      async () => ((await channelStates())[agentChannel] === state ? true : undefined),
      patience,
    );
  const control = async (command: string): Promise<void> => {
    const socket = connect(libvirt.path(serial.control));
    socket.end(`${command}\n`);
    await once(socket, 'close');
  };

  await libvirt.define(agentGuestXml(options, await guestImage()));
  await libvirt.start(name);
  try {
    await eventually('the guest is ready', async () => /guest ready/.test(await console()) || undefined, patience);
  } catch (cause) {
    throw new Error(`${name} does not boot; its console: ${await console().catch(() => 'none')}`, { cause });
  }
  await agentIs('connected');

  return {
    name,
    console,
    channelStates,
    async stopAgent() {
      await control('stop-agent');
      await agentIs('disconnected');
    },
    async startAgent(...blocked) {
      await control(`start-agent ${blocked.join()}`);
      await agentIs('connected');
    },
    async hangAgent() {
      await control('hang-agent');
      const done = async () => /done: hang-agent/.test(await console()) || undefined;
      await eventually(`the agent of ${name} is stopped`, done, patience);
    },
  };
};
