import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { agentStateUnknowns } from '../../../../src/facts/domain/channels/agentState.ts';
import { agentName } from '../../../../src/facts/domain/channels/channels.ts';
import type { DomainDocument } from '../../../../src/model/document.ts';
import { channel, parsed } from '../domainXml.ts';

const silent = channel({ name: agentName });
const running = { definition: 'live', state: 'running' } as const;

const cases: readonly { name: string; devices: string; about: Partial<DomainDocument>; at: readonly string[] }[] = [
  { name: 'running, state missing', devices: silent, about: running, at: ['/domain/devices/channel/0/target/@state'] },
  {
    name: 'running, the second of two',
    devices: channel({ name: 'x' }) + silent,
    about: running,
    at: ['/domain/devices/channel/1/target/@state'],
  },
  {
    name: 'running, disconnected',
    devices: channel({ name: agentName, state: 'disconnected' }),
    about: running,
    at: [],
  },
  { name: 'running, another channel', devices: channel({ name: 'x' }), about: running, at: [] },
  { name: 'paused', devices: silent, about: { definition: 'live', state: 'paused' }, at: [] },
  {
    name: 'the configured definition of one that runs',
    devices: silent,
    about: { definition: 'config', state: 'running' },
    at: [],
  },
];

describe('whether the agent is connected is unknown', () => {
  for (const { name, devices, about, at } of cases) {
    test(`${name}: ${at.length > 0}`, () =>
      assert.deepEqual(
        agentStateUnknowns(parsed(devices, about)).map((unknown) => unknown.at),
        at,
      ));
  }
});
