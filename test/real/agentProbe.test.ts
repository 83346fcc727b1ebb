/** `--probe-agent` on a booted guest with a real qemu-ga. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { bootAgentGuest } from './bootAgentGuest.ts';
import { startPrivateLibvirt } from './privateLibvirt.ts';
import { realTest } from './realTest.ts';
import { temporaryFolder } from './temporaryFolder.ts';
import { checkJson, type JsonReport, outcomesOf, virtAudit } from './virtAudit.ts';

const name = 'v-215-VM';
const rules = ['guest-agent-answers', 'guest-agent-freeze', 'guest-agent-not-frozen'];

const outcomes = (report: JsonReport) => rules.map((rule) => outcomesOf(report, rule, name).live);

const sourceOf = (report: JsonReport) => report.sources.find((source) => source.name === 'agents');

realTest('agents that answer, forbid, are frozen, and hang', ['agentGuest'], async () => {
  await using libvirt = await startPrivateLibvirt();
  const guest = await bootAgentGuest(libvirt, { name, channels: 'agent-first' });
  const probe = async () => (await checkJson(libvirt.run, ['--probe-agent'])).report;
  const isTainted = async () => /custom guest agent control commands/.test(await libvirt.virsh('dominfo', name));

  const { report: unasked } = await checkJson(libvirt.run, []);
  assert.deepEqual(outcomes(unasked), ['notapplicable', 'notapplicable', 'notapplicable']);
  assert.equal(sourceOf(unasked), undefined);
  assert.equal(await isTainted(), false);

  const report = await probe();
  assert.deepEqual(outcomes(report), ['pass', 'pass', 'pass']);
  assert.equal(sourceOf(report)?.ok, true);
  // As the option's help says.
  assert.equal(await isTainted(), true);

  await using folder = await temporaryFolder();
  const bundle = join(folder.path, 'host.json');
  await virtAudit(libvirt.run, ['collect', '--probe-agent', '-o', bundle]);
  assert.deepEqual(outcomes((await checkJson(libvirt.run, ['--from', bundle])).report), ['pass', 'pass', 'pass']);

  await libvirt.virsh('domfsfreeze', name);
  assert.deepEqual(outcomes(await probe()), ['pass', 'notapplicable', 'fail']);
  await libvirt.virsh('domfsthaw', name);
  assert.deepEqual(outcomes(await probe()), ['pass', 'pass', 'pass']);

  await guest.stopAgent();
  assert.deepEqual(outcomes(await probe()), ['notapplicable', 'notapplicable', 'notapplicable']);
  await guest.startAgent('guest-fsfreeze-freeze', 'guest-fsfreeze-freeze-list');
  assert.deepEqual(outcomes(await probe()), ['pass', 'fail', 'pass']);
  await guest.stopAgent();
  await guest.startAgent('guest-info');
  assert.deepEqual(outcomes(await probe()), ['pass', 'error', 'error']);

  await guest.hangAgent();
  const { code, report: hung } = await checkJson(libvirt.run, ['--probe-agent']);
  assert.equal(code, 3);
  assert.deepEqual(outcomes(hung), ['fail', 'error', 'error']);
  const reasons = hung.findings.flatMap(({ rule, reason }) => (rule === 'guest-agent-freeze' && reason) || []);
  assert.deepEqual(reasons, ['Guest agent is not responding: Guest agent not available for now']);
  // The channel is open all the same, and what else there is to find is found.
  assert.equal(outcomesOf(hung, 'guest-agent-connected', name).live, 'pass');
  const others = ({ findings }: JsonReport) =>
    findings
      .filter(({ rule }) => !rules.includes(rule))
      .map(({ rule, target, definition, outcome, reason }) =>
        JSON.stringify([rule, target, definition, outcome, reason]),
      );
  const before = new Set(others(report));
  const after = new Set(others(hung));
  // The differences alone: the lists are too long for an assertion's message.
  assert.deepEqual(
    {
      gone: [...before].filter((finding) => !after.has(finding)),
      come: [...after].filter((finding) => !before.has(finding)),
    },
    { gone: [], come: [] },
  );
});

realTest('an agent that can’t be asked is an error, and so is its source', ['agentGuest'], async () => {
  await using libvirt = await startPrivateLibvirt();
  await bootAgentGuest(libvirt, { name, channels: 'agent-first' });
  await libvirt.run('mv', ['/run/libvirt/libvirt-sock', '/run/libvirt/libvirt-sock.away']);
  const { code, report } = await checkJson(libvirt.run, ['--probe-agent']);
  assert.equal(code, 3);
  assert.deepEqual(outcomes(report), ['error', 'error', 'error']);
  assert.equal(sourceOf(report)?.ok, false);
  assert.match(
    sourceOf(report)?.reason ?? '',
    /libvirt-sock: Failed to connect socket to .*: No such file or directory/,
  );
  assert.equal(outcomesOf(report, 'guest-agent-connected', name).live, 'pass');
});
