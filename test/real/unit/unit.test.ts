/**
 * The Debian package on a whole host: systemd starts its hardened unit beside a real libvirtd under AppArmor. It takes minutes,
 * so it runs only where VIRT_AUDIT_HOST_TEST=1 is set; without it this file holds no test.
 */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { bootHost } from '../host/bootHost.ts';
import { requires } from '../requires.ts';
import type { Series } from '../startExporter.ts';
import { temporaryFolder } from '../temporaryFolder.ts';
import { type Observation, readObservation } from './observation.ts';
import { unitDisk } from './unitDisk.ts';

/** Building the host's disk at first use is in it. */
const timeout = 3_600_000;

const metric = (series: Series, name: string): number | undefined => series.get(`virt_audit_${name}`);

/** The series whose names match, as written, that are not 0. */
const positive = (series: Series, pattern: RegExp): string[] =>
  [...series].filter(([name, value]) => pattern.test(name) && value > 0).map(([name, value]) => `${name} ${value}`);

const hasRule = (series: Series, rule: string): boolean =>
  positive(series, /^virt_audit_rule_info/).some((name) => name.includes(`rule="${rule}"`));

/** An audit in which nothing was missing: of the host, and of the domains that run and that don't. */
const checkComplete = (series: Series): void => {
  assert.deepEqual(positive(series, /^virt_audit_rule_targets\{.*result="error"/), []);
  assert.deepEqual(positive(series, /^virt_audit_(domains_unaudited|audit_failures_total)/), []);
  for (const collector of ['libvirt', 'capabilities', 'apparmor', 'host']) {
    assert.equal(metric(series, `collector_success{collector="${collector}"}`), 1, collector);
  }
  assert.equal(metric(series, 'libvirt_up'), 1);
  assert.equal(metric(series, 'audit_complete'), 1);
  assert.deepEqual(positive(series, /^virt_audit_domains\{/), [
    'virt_audit_domains{state="paused"} 1',
    'virt_audit_domains{state="shutoff"} 1',
  ]);
};

const checkAudit = async ({ series, text }: Observation): Promise<void> => {
  const first = await series('first');
  checkComplete(first);
  const targets = (rule: string, severity: string, result: string) =>
    metric(first, `rule_targets{rule="${rule}",severity="${severity}",result="${result}"}`);
  // One domain lives and is configured, the other is only configured, and its image is in a folder that root alone may open.
  assert.equal(targets('disk-source-exists', 'high', 'pass'), 3);
  assert.equal(targets('certificates-not-expiring', 'medium', 'fail'), 1);
  assert.equal(targets('domain-process-confined', 'critical', 'pass'), 1);
  assert.equal(metric(first, 'apparmor_enabled'), 1);
  // As /etc/default/virt-audit says.
  assert.equal(hasRule(first, 'domain-qemu-current'), false);
  assert.match(await text('page'), /<!doctype html>[\s\S]*is <span class="mark ok">complete/i);
};

const checkRights = async ({ unit, processes }: Observation): Promise<void> => {
  assert.equal((await unit('started')).ActiveState, 'active');
  const seen = await processes();
  // Who serves, and who audits.
  assert.equal(seen.length, 2);
  const dacReadSearch = '0000000000000004';
  for (const { Uid = '', Gid = '', Groups, CapInh, CapPrm, CapEff, CapBnd, CapAmb, NoNewPrivs, Seccomp } of seen) {
    assert.match(Uid, /^(6[1-5]\d{3})\t\1\t\1\t\1$/, 'one of the users that systemd makes up');
    assert.equal(Gid, Uid);
    assert.equal(Groups, `0 ${Uid.split('\t')[0]}`);
    assert.deepEqual([CapInh, CapPrm, CapEff, CapBnd, CapAmb], Array(5).fill(dacReadSearch));
    assert.deepEqual([NoNewPrivs, Seccomp], ['1', '2']);
  }
};

const checkSandbox = async ({ probe, writable }: Observation): Promise<void> => {
  const inside = await probe('inside');
  // Root outside of it could do all that, so that each no is the sandbox's.
  assert.deepEqual([...new Set(Object.values(await probe('outside')))], ['yes']);
  assert.deepEqual(inside, {
    'reads qemu.conf': 'yes',
    'reads the loaded profiles': 'yes',
    'reads shadow': 'no',
    'reads the home of root': 'no',
    'reads a certificate of QEMU': 'yes',
    'reads a key of QEMU': 'no',
    'asks libvirt': 'yes',
    'orders libvirt': 'no',
    'writes to /etc': 'no',
    'sends to loopback': 'yes',
    'sends to elsewhere': 'no',
    open_by_handle_at: 'no',
    process_vm_readv: 'no',
    mount: 'no',
  });
  // Its own, which go when it stops.
  assert.deepEqual(await writable(), ['/dev/mqueue', '/tmp', '/var/tmp']);
};

const checkReload = async ({ series, unit }: Observation): Promise<void> => {
  const [first, reloaded, broken] = [await series('first'), await series('reloaded'), await series('broken')];
  const skipped = 'guest-agent-channel';
  assert.equal(hasRule(first, skipped), true);
  for (const page of [reloaded, broken]) {
    checkComplete(page);
    assert.equal(hasRule(page, skipped), false);
  }
  const successful = 'config_last_reload_successful';
  assert.deepEqual(
    [first, reloaded, broken].map((page) => metric(page, successful)),
    [1, 1, 0],
  );
  const [before, after] = [await unit('started'), await unit('afterwards')];
  assert.equal(after.MainPID, before.MainPID);
  assert.equal(after.ActiveState, 'active');
};

const checkHidden = async ({ series }: Observation): Promise<void> => {
  const targets = (page: Series, result: string) =>
    metric(page, `rule_targets{rule="disk-source-exists",severity="high",result="${result}"}`);
  const [hidden, shown] = [await series('hidden'), await series('first')];
  assert.deepEqual([targets(hidden, 'fail'), targets(hidden, 'error')], [0, 1]);
  assert.equal(targets(hidden, 'pass'), targets(shown, 'pass'));
  assert.equal(metric(hidden, 'audit_complete'), 0);
};

const checkDaemon = async ({ series, text }: Observation): Promise<void> => {
  checkComplete(await series('restarted'));
  assert.equal((await text('libvirtd-stopped')).trim(), 'inactive');
  checkComplete(await series('activated'));
  assert.equal((await text('libvirtd-activated')).trim(), 'active');
};

const checkSocket = async ({ series, unit }: Observation): Promise<void> => {
  assert.equal((await unit('before-socket')).ActiveState, 'inactive');
  checkComplete(await series('by-socket'));
  assert.equal((await unit('by-socket-unit')).ActiveState, 'active');
};

const checkPackage = async ({ unit }: Observation): Promise<void> => {
  const { ActiveState, Result, ExecMainStatus, NRestarts } = await unit('wrong');
  assert.deepEqual([ActiveState, Result, ExecMainStatus, NRestarts], ['failed', 'exit-code', '2', '0']);

  const [disabled, upgraded] = [await unit('disabled'), await unit('upgraded')];
  for (const now of [disabled, upgraded]) {
    assert.deepEqual([now.ActiveState, now.UnitFileState], ['active', 'disabled']);
  }
  assert.notEqual(upgraded.MainPID, disabled.MainPID);
  const reinstalled = await unit('reinstalled');
  assert.deepEqual([reinstalled.ActiveState, reinstalled.UnitFileState], ['active', 'enabled']);
  const { code, ActiveState: masked, UnitFileState } = await unit('masked');
  assert.deepEqual([code, masked, UnitFileState], ['0', 'inactive', 'masked']);
};

const checkRefusals = async ({ text }: Observation): Promise<void> => {
  assert.match(await text('kernel'), /apparmor="STATUS" operation="profile_load"/);
  assert.doesNotMatch(await text('kernel'), /apparmor="DENIED"/);
  assert.doesNotMatch(await text('journal'), /level=(WARN|ERROR) msg="(?!reload failed)/);
};

const checkEnd = async ({ unit, text }: Observation): Promise<void> => {
  const { ActiveState, Result, ExecMainStatus } = await unit('stopped');
  // Had it not ended in time, the result were timeout.
  assert.deepEqual(
    { ActiveState, Result, ExecMainStatus },
    { ActiveState: 'inactive', Result: 'success', ExecMainStatus: '0' },
  );
  assert.equal((await unit('again')).ActiveState, 'active');
  const { LoadState, ActiveState: purged } = await unit('purged');
  assert.deepEqual([LoadState, purged], ['not-found', 'inactive']);
  assert.ok(Number.parseInt(await text('files'), 10) > 10_000);
  for (const left of ['unit-files', 'left-processes', 'left-files']) assert.equal(await text(left), '', left);
};

const checks = {
  'the first audit lacks nothing': checkAudit,
  'it runs as a user of its own, with one capability': checkRights,
  'the sandbox lets through what it must, and no more': checkSandbox,
  'a reload takes new settings over, and a wrong one changes nothing': checkReload,
  'what the unit hides is unknown, not missing': checkHidden,
  'libvirtd restarts, or ends and is started by the very audit': checkDaemon,
  'systemd listens in its place, and starts it for a scrape': checkSocket,
  'nothing was refused to it by AppArmor, and it had nothing to complain of': checkRefusals,
  'wrong settings fail it, and an upgrade does what its administrator wants': checkPackage,
  'it ends when told, and the package leaves nothing': checkEnd,
};

if (process.env.VIRT_AUDIT_HOST_TEST === '1') {
  test('the package’s service on a real host', { timeout }, async (context) => {
    const lack = requires(['host', 'debian']);
    if (lack !== undefined) throw new Error(lack);
    await using folder = await temporaryFolder();
    const began = performance.now();
    const console = await bootHost(folder.path, await unitDisk(folder.path));
    context.diagnostic(`${((performance.now() - began) / 1000).toFixed(0)} s; the host's own clock:\n${console}`);
    const seen = readObservation(join(folder.path, 'results'));
    assert.equal(/ s: (.*)/.exec(await seen.text('done'))?.[1], 'done', await seen.text('journal'));
    for (const [name, check] of Object.entries(checks)) await context.test(name, () => check(seen));
  });
}
