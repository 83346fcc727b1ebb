/**
 * A whole host with libvirt and AppArmor: what virt-audit says of it, and what then happens. It takes minutes, so it runs only
 * where VIRT_AUDIT_HOST_TEST=1 is set; without it this file holds no test.
 */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { requires } from '../requires.ts';
import { temporaryFolder } from '../temporaryFolder.ts';
import { outcomesOf } from '../virtAudit.ts';
import { bootHost } from './bootHost.ts';
import { type Audit, type Observation, readObservation } from './observation.ts';
import { productDisk } from './productDisk.ts';
import { states } from './states.ts';

/** Building the host's disk at first use is in it. */
const timeout = 3_600_000;

const isDenied = ({ starts }: Observation, name: string): boolean =>
  /Permission denied/.test(starts.get(name)?.refusal ?? '');

const isConfined = ({ starts }: Observation, uuid: string, name: string): boolean =>
  starts.get(name)?.label === `libvirt-${uuid} (enforce)`;

const checkReality = (seen: Observation): void => {
  for (const { name, uuid, starts, socket } of seen.state.domains) {
    const start = seen.starts.get(name);
    assert.equal(isDenied(seen, name), !starts, `${name} on ${socket}: ${start?.refusal}`);
    assert.equal(start?.refusal === undefined, starts, start?.refusal);
    assert.equal(start?.socket !== undefined, starts, `${socket} is ${start?.socket}`);
    if (!starts) continue;
    const label = seen.state.confined ? `libvirt-${uuid}` : undefined;
    assert.equal(start?.label, label === undefined ? 'unconfined' : `${label} (enforce)`);
    assert.equal(start?.seclabels.apparmor, label);
  }
};

const outcomeOnHost = ({ report }: Audit, rule: string): string | undefined =>
  report.findings.find((finding) => finding.rule === rule && finding.target.kind === 'host')?.outcome;

const errorsOf = ({ report }: Audit): string[] =>
  report.findings.filter(({ outcome }) => outcome === 'error').map(({ rule, reason }) => `${rule}: ${reason}`);

const checkVerdicts = (seen: Observation): void => {
  const { before, state } = seen;
  assert.deepEqual(errorsOf(before), []);
  for (const { name } of state.domains) {
    const verdict = outcomesOf(before.report, 'apparmor-channel-socket-writable', name);
    assert.deepEqual(verdict, { config: isDenied(seen, name) ? 'fail' : 'pass' }, name);
  }
  const denied = state.domains.some(({ name }) => isDenied(seen, name));
  const ran = state.domains.filter(({ name }) => seen.starts.get(name)?.label !== undefined);
  const unconfined = ran.some(({ name, uuid }) => !isConfined(seen, uuid, name));
  const failing = {
    'apparmor-socket-directories-writable': denied,
    'apparmor-secmodel-active': unconfined,
    'apparmor-daemon-profile-loaded': unconfined,
    'apparmor-libvirt-profiles-not-disabled': unconfined,
  };
  for (const [rule, fails] of Object.entries(failing)) {
    assert.equal(outcomeOnHost(before, rule), fails ? 'fail' : 'pass', rule);
  }
  assert.equal(before.code, denied || unconfined ? 1 : 0);
};

/** The same rules say the same once the domains run, of their live definition too. */
const checkRunning = ({ before, state }: Observation, running: Audit): void => {
  assert.deepEqual(errorsOf(running), []);
  for (const { rule, target, outcome } of before.report.findings) {
    if (target.kind === 'host') assert.equal(outcomeOnHost(running, rule), outcome, rule);
  }
  for (const { name } of state.domains) {
    const { live } = outcomesOf(running.report, 'apparmor-channel-socket-writable', name);
    assert.equal(live, 'pass', name);
  }
};

if (process.env.VIRT_AUDIT_HOST_TEST === '1') {
  test('what virt-audit says of a host is what happens on it', { timeout }, async (context) => {
    const lack = requires(['host']);
    if (lack !== undefined) throw new Error(lack);
    await using folder = await temporaryFolder();
    const started = performance.now();
    const console = await bootHost(folder.path, await productDisk(folder.path, states));
    context.diagnostic(`${((performance.now() - started) / 1000).toFixed(0)} s; the host's own clock:\n${console}`);
    for (const [index, state] of states.entries()) {
      const seen = await readObservation(join(folder.path, 'results'), state, index);
      await context.test(`${state.name}: libvirt does what the test is about`, () => checkReality(seen));
      await context.test(`${state.name}: virt-audit had said so`, () => checkVerdicts(seen));
      const { running } = seen;
      if (running) await context.test(`${state.name}: and says so still`, () => checkRunning(seen, running));
    }
  });
}
