import { existsSync } from 'node:fs';
import { type Source, SourceError } from '../collect.ts';
import { type AgentAnswer, askAgent, type ReadingCommand, UnreachableError } from './askAgent.ts';
import { inFlight } from './inFlight.ts';
import { readWriteUris } from './readWriteUri.ts';

/** A running domain whose guest agent is asked. */
export interface AgentTarget {
  name: string;
  uuid: string;
}

/** Agents that are asked at once. */
const concurrency = 4;

/** What one agent may take for all its answers, in ms. It is also what libvirt gives an agent to show that it is there. */
const patience = 5000;

type Answers = Partial<Record<ReadingCommand, AgentAnswer>>;

/** Asks one domain's agent; undefined when the domain is gone. */
type Ask = (uuid: string, milliseconds: number) => Promise<Answers | undefined>;

const offers = (info: unknown, command: ReadingCommand): boolean => {
  const { supported_commands: commands } = (info ?? {}) as { supported_commands?: unknown };
  return Array.isArray(commands) && commands.some((each) => each?.name === command && each?.enabled === true);
};

/** One that does not answer, or has forbidden a command, is not asked again: it would cost time, and say no more. */
const askBoth = async (uri: string, uuid: string, milliseconds: number): Promise<Answers | undefined> => {
  const end = performance.now() + milliseconds;
  const info = await askAgent(uri, uuid, 'guest-info', milliseconds);
  if (info === undefined) return undefined;
  if ('error' in info || !offers(info.return, 'guest-fsfreeze-status')) return { 'guest-info': info };
  const status = await askAgent(uri, uuid, 'guest-fsfreeze-status', end - performance.now());
  return status && { 'guest-info': info, 'guest-fsfreeze-status': status };
};

/** By the first of `doors` that opens, found once. */
const askThrough = (doors: string[]): Ask => {
  const reasons: string[] = [];
  return async (uuid, milliseconds) => {
    for (let door = doors[0]; door !== undefined; door = doors[0]) {
      try {
        return await askBoth(door, uuid, milliseconds);
      } catch (error) {
        if (!(error instanceof UnreachableError)) throw error;
        // Another question that went there may have closed it already.
        if (doors[0] !== door) continue;
        doors.shift();
        reasons.push(error.message);
      }
    }
    throw new UnreachableError(reasons.join('; '));
  };
};

/**
 * What guest agents say of themselves. libvirt has no typed call that tells it, and marks a domain whose agent is sent a
 * command as tainted by custom-ga-command until it ends (qemuDomainQemuAgentCommand); so this is done only when asked for.
 *
 * @param targets the domains, once they are known
 * @param milliseconds after which, counted from the start, no agent is waited for any longer
 */
export const probeAgents =
  (uri: string, targets: Promise<readonly AgentTarget[]>, milliseconds: number): Source =>
  async (emit, wait) => {
    const end = performance.now() + milliseconds;
    const asked = await wait(targets);
    const ask = askThrough(readWriteUris(uri, existsSync));
    let unreachable: string | undefined;
    let late = 0;
    const answers = async (uuid: string): Promise<Answers | undefined> => {
      const left = end - performance.now();
      if (left <= 0) {
        late += 1;
        return { 'guest-info': { error: 'no time was left to ask its agent' } };
      }
      try {
        return await ask(uuid, Math.min(patience, left));
      } catch (error) {
        if (!(error instanceof UnreachableError)) throw error;
        unreachable = error.message;
        return { 'guest-info': { error: error.message } };
      }
    };
    await inFlight(concurrency, asked, async ({ name, uuid }) => {
      const said = await answers(uuid);
      if (said !== undefined) emit({ kind: 'agent', origin: uri, name, uuid, text: JSON.stringify(said) });
    });
    if (unreachable !== undefined) throw new SourceError(unreachable);
    if (late > 0)
      throw new SourceError(`${late} of ${asked.length} agents not asked for want of time; raise --timeout`);
  };
