import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { agentProbes, askableAgents } from '../../../../src/facts/domain/channels/agentProbe.ts';
import { agentName } from '../../../../src/facts/domain/channels/channels.ts';
import type { DomainDocument } from '../../../../src/model/document.ts';
import { channel, parsed } from '../domainXml.ts';

const running = { definition: 'live', state: 'running' } as const;
const web = parsed('', running);

/** What `guest-info` returns, where the agent does what is `enabled` and knows what is `disabled`. */
const info = (enabled: readonly string[], disabled: readonly string[] = []) => ({
  return: {
    version: '7.2.22',
    supported_commands: [
      ...enabled.map((name) => ({ name, enabled: true, 'success-response': true })),
      ...disabled.map((name) => ({ name, enabled: false, 'success-response': true })),
    ],
  },
});

const [freeze, thaw, status, time] = [
  'guest-fsfreeze-freeze',
  'guest-fsfreeze-thaw',
  'guest-fsfreeze-status',
  'guest-get-time',
];
const ready = { answers: true, version: '7.2.22', freeze: 'available', thaw: 'available', frozen: false };
const all = ['answers', 'version', 'freeze', 'thaw', 'frozen'];
const silence = 'Guest agent is not responding: Guest agent not available for now';

const cases: readonly { name: string; answers: unknown; facts: Record<string, unknown>; unknown: readonly string[] }[] =
  [
    {
      name: 'all allowed, and thawed',
      answers: { 'guest-info': info([freeze, thaw, status, time]), [status]: { return: 'thawed' } },
      facts: ready,
      unknown: [],
    },
    {
      name: 'frozen: what is disabled need not be forbidden',
      answers: { 'guest-info': info([thaw, status], [freeze, time]), [status]: { return: 'frozen' } },
      facts: { answers: true, version: '7.2.22', thaw: 'available', frozen: true },
      unknown: ['freeze'],
    },
    {
      name: 'freezing is forbidden',
      answers: { 'guest-info': info([thaw, status, time], [freeze]), [status]: { return: 'thawed' } },
      facts: { ...ready, freeze: 'blocked' },
      unknown: [],
    },
    {
      name: 'its status is forbidden too, and others are not: it can’t be frozen',
      answers: { 'guest-info': info([time], [freeze, thaw, status]) },
      facts: { ...ready, freeze: 'blocked', thaw: 'blocked' },
      unknown: [],
    },
    {
      name: 'an agent that knows nothing of it',
      answers: { 'guest-info': info([time]) },
      facts: { ...ready, freeze: 'missing', thaw: 'missing' },
      unknown: [],
    },
    {
      name: 'silent',
      answers: { 'guest-info': { error: silence } },
      facts: { answers: false },
      unknown: ['version', 'freeze', 'thaw', 'frozen'],
    },
    {
      name: 'silent after its first answer',
      answers: { 'guest-info': info([freeze, thaw, status, time]), [status]: { error: silence } },
      facts: { answers: true, version: '7.2.22', freeze: 'available', thaw: 'available' },
      unknown: ['frozen'],
    },
    {
      name: 'it may not tell of itself',
      answers: {
        'guest-info': {
          error:
            "internal error: unable to execute QEMU agent command 'guest-info': Command guest-info has been disabled",
        },
      },
      facts: { answers: true },
      unknown: ['version', 'freeze', 'thaw', 'frozen'],
    },
    { name: 'nobody reached it', answers: { 'guest-info': { error: 'virsh: no' } }, facts: {}, unknown: all },
    { name: 'no list of commands', answers: { 'guest-info': { return: { version: '1' } } }, facts: {}, unknown: all },
    { name: 'no answers', answers: [], facts: {}, unknown: all },
  ];

describe('what an agent said', () => {
  for (const { name, answers, facts, unknown } of cases) {
    test(name, () => {
      const document = { kind: 'agent', origin: 'x', name: 'web', text: JSON.stringify(answers) } as const;
      const learnt = agentProbes([document])(web);
      assert.deepEqual(learnt.facts, { agentProbe: facts });
      assert.deepEqual(
        learnt.unknown.map(({ at }) => at),
        unknown.map((part) => `/agentProbe/${part}`),
      );
    });
  }

  test('that is no JSON leaves all unknown', () => {
    const probe = agentProbes([{ kind: 'agent', origin: 'x', name: 'web', text: '{' }])(web);
    assert.equal(probe.unknown.length, all.length);
  });

  test('is of the domain of that uuid, of its live definition, and of nobody else', () => {
    const text = JSON.stringify({ 'guest-info': info([time]) });
    const document = { kind: 'agent', origin: 'x', name: 'web', uuid: web.uuid ?? '', text } as const;
    const probe = agentProbes([document]);
    const nothing = { facts: {}, unknown: [] };
    assert.notDeepEqual(probe(parsed('', { ...running, called: 'renamed' })), nothing);
    assert.deepEqual(probe(parsed('', { state: 'running' })), nothing);
    assert.deepEqual(probe(parsed('', { ...running, id: '2' })), nothing);
  });
});

describe('an agent is asked', () => {
  const open = channel({ name: agentName, state: 'connected' });
  const asked: readonly { name: string; devices: string; about: Partial<DomainDocument>; is: boolean }[] = [
    { name: 'its channel is open', devices: open, about: running, is: true },
    { name: 'libvirt does not tell whether it is', devices: channel({ name: agentName }), about: running, is: true },
    { name: 'it is not', devices: channel({ name: agentName, state: 'disconnected' }), about: running, is: false },
    { name: 'another is', devices: channel({ name: 'x', state: 'connected' }), about: running, is: false },
    { name: 'paused', devices: open, about: { ...running, state: 'paused' }, is: false },
    { name: 'what starts next', devices: open, about: { state: 'running' }, is: false },
  ];
  for (const { name, devices, about, is } of asked) {
    test(`${name}: ${is}`, () => {
      const domain = parsed(devices, about);
      assert.deepEqual(askableAgents([domain]), is ? [{ name: 'web', uuid: domain.uuid }] : []);
    });
  }
});
