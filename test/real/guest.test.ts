/** The agent rules on a booted guest with a real qemu-ga. */
import assert from 'node:assert/strict';
import { bootAgentGuest } from './bootAgentGuest.ts';
import { startPrivateLibvirt } from './privateLibvirt.ts';
import { realTest } from './realTest.ts';
import { checkJson, outcomesOf } from './virtAudit.ts';

const name = 'v-215-VM';

realTest(
  'the agent rules pass while the agent runs, fail once it is stopped, and pass again',
  ['agentGuest'],
  async () => {
    await using libvirt = await startPrivateLibvirt();
    const guest = await bootAgentGuest(libvirt, { name, channels: 'agent-first' });
    const rules = ['guest-agent-connected', 'systemvm-agent-connected'];
    const outcomes = async () => {
      const { report } = await checkJson(libvirt.run, []);
      return rules.map((rule) => outcomesOf(report, rule, name).live);
    };
    assert.deepEqual(await outcomes(), ['pass', 'pass']);
    await guest.stopAgent();
    assert.deepEqual(await outcomes(), ['fail', 'fail']);
    await guest.startAgent();
    assert.deepEqual(await outcomes(), ['pass', 'pass']);
  },
);

for (const channels of ['agent-first', 'vport-first'] as const) {
  realTest(`names stay while numbers follow the XML's order: ${channels}`, ['agentGuest'], async () => {
    await using libvirt = await startPrivateLibvirt();
    const guest = await bootAgentGuest(libvirt, { name, channels });
    const [agent, vport] = channels === 'agent-first' ? ['vport0p1', 'vport0p2'] : ['vport0p2', 'vport0p1'];
    const console = await guest.console();
    assert.match(console, new RegExp(`org\\.qemu\\.guest_agent\\.0 -> \\.\\./${agent}`));
    assert.match(console, new RegExp(`${name}\\.vport -> \\.\\./${vport}`));
    const { report } = await checkJson(libvirt.run, []);
    for (const rule of [
      'channel-target-named',
      'channel-target-unique',
      'systemvm-vport-channel',
      'systemvm-vport-named-after-domain',
      'channel-port-pinned',
      'guest-agent-live-matches-config',
    ]) {
      assert.equal(outcomesOf(report, rule, name).live, 'pass', rule);
    }
  });
}
