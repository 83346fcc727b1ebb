import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { agentName, channelsOf, isAgentChannel } from '../../../../src/facts/domain/channels/channels.ts';
import type { JsonObject } from '../../../../src/model/json.ts';

test('the channels in the order of the XML; none where there are no devices', () => {
  assert.deepEqual(channelsOf({ devices: { channel: [{ '@type': 'pty' }, { '@type': 'unix' }] } }), [
    { '@type': 'pty' },
    { '@type': 'unix' },
  ]);
  assert.deepEqual(channelsOf({ devices: {} }), []);
  assert.deepEqual(channelsOf({}), []);
});

const cases: readonly (readonly [channel: JsonObject, answer: boolean])[] = [
  [{ '@type': 'unix', target: { '@type': 'virtio', '@name': agentName } }, true],
  [{ '@type': 'pty', target: { '@type': 'virtio', '@name': agentName } }, true],
  [{ '@type': 'unix', target: { '@type': 'xen', '@name': agentName } }, false],
  [{ '@type': 'unix', target: { '@type': 'virtio', '@name': `${agentName}0` } }, false],
  [{ '@type': 'unix', target: { '@type': 'virtio' } }, false],
  [{ '@type': 'unix' }, false],
];

describe('the agent’s channel', () => {
  for (const [channel, answer] of cases) {
    test(`${JSON.stringify(channel)}: ${answer}`, () => assert.equal(isAgentChannel(channel), answer));
  }
});
