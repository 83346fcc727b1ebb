import type { AgentDocument, Document } from '../../../model/document.ts';
import { isObject, type Json, type JsonObject } from '../../../model/json.ts';
import type { Unknown } from '../../../model/subject.ts';
import type { Learnt } from '../../host/learnt.ts';
import type { ParsedDomain } from '../parsedDomain.ts';
import { channelsOf, isAgentChannel } from './channels.ts';

const runs = ({ definition, state }: ParsedDomain): boolean => definition === 'live' && state === 'running';

/** The running domains whose agent's channel is open in the guest, or may be: only these have an agent to ask. */
export const askableAgents = (domains: readonly ParsedDomain[]): { name: string; uuid: string }[] =>
  domains.flatMap((parsed) => {
    const { name, uuid, domain } = parsed;
    if (domain === undefined || uuid === undefined || !runs(parsed)) return [];
    const open = channelsOf(domain).some(
      (channel) => isAgentChannel(channel) && (channel.target as JsonObject)['@state'] !== 'disconnected',
    );
    return open ? [{ name, uuid }] : [];
  });

/** What a frozen qemu-ga still does; everything else it reports as disabled (QEMU's qga/main.c, ga_freeze_allowlist). */
const allowedWhileFrozen = new Set([
  'guest-ping',
  'guest-info',
  'guest-sync',
  'guest-sync-delimited',
  'guest-fsfreeze-status',
  'guest-fsfreeze-thaw',
]);

const reasonOf = (answer: Json | undefined): string =>
  isObject(answer) && typeof answer.error === 'string' ? answer.error : 'what its agent answered can’t be understood';

const returned = (answer: Json | undefined): Json | undefined => (isObject(answer) ? answer.return : undefined);

/** The commands that `guest-info` lists, and whether each is enabled. */
const commandsIn = (info: JsonObject): ReadonlyMap<string, boolean> | undefined => {
  const listed = info.supported_commands;
  if (!Array.isArray(listed)) return undefined;
  return new Map(listed.filter(isObject).map((each) => [String(each.name), each.enabled === true]));
};

/** The facts of a part, or why there are none. */
type Part = { value: Json } | { unknown: string };

const onlyFrozen = 'its agent does nothing but thaw, so that nothing can be said of what it does else';

const availability = (commands: ReadonlyMap<string, boolean>, name: string, frozen: boolean): Part => {
  const enabled = commands.get(name);
  if (enabled === undefined) return { value: 'missing' };
  if (enabled) return { value: 'available' };
  return frozen && !allowedWhileFrozen.has(name) ? { unknown: onlyFrozen } : { value: 'blocked' };
};

const frozenPart = (status: Json | undefined, mayBe: boolean): Part => {
  const said = returned(status);
  if (said === 'frozen' || said === 'thawed') return { value: said === 'frozen' };
  if (status !== undefined) return { unknown: reasonOf(status) };
  // It may not be asked. What it would not do while frozen, it does.
  return mayBe ? { unknown: 'its agent has no guest-fsfreeze-status, or it is blocked' } : { value: false };
};

const partsOf = (answers: JsonObject): Readonly<Record<string, Part>> => {
  const answer = answers['guest-info'];
  const info = returned(answer);
  const commands = isObject(info) ? commandsIn(info) : undefined;
  if (!isObject(info) || commands === undefined) {
    const reason = reasonOf(answer);
    const unknown = { unknown: reason };
    // libvirt's own words (virerror.c, qemu_agent.c): it waited for the agent in vain, or was told no by it.
    const silent = reason.startsWith('Guest agent is not responding');
    const refused = reason.includes('unable to execute QEMU agent command');
    const heard: Part = silent || refused ? { value: refused } : unknown;
    return { answers: heard, version: unknown, freeze: unknown, thaw: unknown, frozen: unknown };
  }
  const mayBeFrozen = ![...commands].some(([name, enabled]) => enabled && !allowedWhileFrozen.has(name));
  return {
    answers: { value: true },
    version: typeof info.version === 'string' ? { value: info.version } : { unknown: 'its agent names no version' },
    freeze: availability(commands, 'guest-fsfreeze-freeze', mayBeFrozen),
    thaw: availability(commands, 'guest-fsfreeze-thaw', mayBeFrozen),
    frozen: frozenPart(answers['guest-fsfreeze-status'], mayBeFrozen),
  };
};

const answersIn = (text: string): JsonObject => {
  try {
    const answers: Json = JSON.parse(text);
    return isObject(answers) ? answers : {};
  } catch {
    return {};
  }
};

const learntFrom = ({ text }: AgentDocument): Learnt => {
  const facts: Record<string, Json> = {};
  const unknown: Unknown[] = [];
  for (const [name, part] of Object.entries(partsOf(answersIn(text)))) {
    if ('value' in part) facts[name] = part.value;
    else unknown.push({ at: `/agentProbe/${name}`, reason: part.unknown });
  }
  return { facts: { agentProbe: facts }, unknown };
};

/** `agentProbe`: what the agent of a running domain said when it was asked; nothing where nobody asked it. */
export const agentProbes = (documents: readonly Document[]): ((parsed: ParsedDomain) => Learnt) => {
  const asked = documents.filter((document) => document.kind === 'agent');
  const byDomain = new Map(asked.map((document) => [document.uuid ?? document.name, document]));
  return (parsed) => {
    const document = byDomain.get(parsed.uuid ?? '') ?? byDomain.get(parsed.name);
    return document === undefined || !runs(parsed) ? { facts: {}, unknown: [] } : learntFrom(document);
  };
};
