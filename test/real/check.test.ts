/** `virt-audit check` on a real libvirtd. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { chmod, copyFile, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { nobodyIn } from './nobody.ts';
import { startPrivateLibvirt } from './privateLibvirt.ts';
import { realTest } from './realTest.ts';
import { temporaryFolder } from './temporaryFolder.ts';
import { checkJson, outcomesOf, virtAudit } from './virtAudit.ts';

const domainXml = (name: string, devices = ''): string => `<domain type='qemu'>
  <name>${name}</name>
  <memory unit='MiB'>64</memory>
  <os><type arch='x86_64' machine='q35'>hvm</type></os>
  <devices>${devices}</devices>
</domain>`;

const agentChannel = "<channel type='unix'><target type='virtio' name='org.qemu.guest_agent.0'/></channel>";

const names = (count: number): string[] => Array.from({ length: count }, (_, index) => `vm-${index}`);

realTest(
  '1,000 domains: each is judged, those with the channel pass and those without fail',
  ['privateLibvirt'],
  async () => {
    await using libvirt = await startPrivateLibvirt();
    const all = names(1000);
    await libvirt.define(...all.map((name, index) => domainXml(name, index % 2 === 0 ? agentChannel : '')));
    const { report } = await checkJson(libvirt.run, []);
    assert.deepEqual(
      report.sources.filter(({ ok }) => !ok),
      [],
    );
    assert.equal(report.summary.domains.shutoff, 1000);
    for (const [index, name] of all.entries()) {
      assert.deepEqual(outcomesOf(report, 'guest-agent-channel', name), { config: index % 2 === 0 ? 'pass' : 'fail' });
    }
  },
);

realTest(
  'live and configured definitions of a running domain are both judged, and a restart is named where it helps',
  ['privateLibvirt'],
  async () => {
    await using libvirt = await startPrivateLibvirt();
    await libvirt.define(domainXml('web'));
    await libvirt.start('web');
    await libvirt.define(
      domainXml('web', agentChannel).replace(
        '</name>',
        `</name><uuid>${(await libvirt.virsh('domuuid', 'web')).trim()}</uuid>`,
      ),
    );
    const { report } = await checkJson(libvirt.run, []);
    assert.deepEqual(outcomesOf(report, 'guest-agent-channel', 'web'), { live: 'fail', config: 'pass' });
    const live = report.findings.find(
      ({ rule, definition }) => rule === 'guest-agent-channel' && definition === 'live',
    );
    assert.match(live?.reason ?? '', /shutdown and start of the domain will mend it/);
    assert.deepEqual(outcomesOf(report, 'guest-agent-live-matches-config', 'web'), {
      live: 'fail',
      config: 'notapplicable',
    });
    assert.equal(report.summary.domains.running, 1);
  },
);

realTest(
  'a transient domain has one definition, a paused one is not asked for its agent',
  ['privateLibvirt'],
  async () => {
    await using libvirt = await startPrivateLibvirt();
    await libvirt.define(domainXml('paused', agentChannel));
    await libvirt.virsh('start', '--paused', 'paused');
    const transient = libvirt.path('/var/lib/libvirt/transient.xml');
    await writeFile(transient, domainXml('transient', agentChannel));
    await libvirt.virsh('create', '/var/lib/libvirt/transient.xml');
    const { report } = await checkJson(libvirt.run, []);
    assert.deepEqual(outcomesOf(report, 'guest-agent-channel', 'transient'), { live: 'pass' });
    assert.deepEqual(outcomesOf(report, 'guest-agent-connected', 'transient'), { live: 'fail' });
    assert.deepEqual(outcomesOf(report, 'guest-agent-connected', 'paused'), {
      live: 'notapplicable',
      config: 'notapplicable',
    });
    assert.deepEqual([report.summary.domains.running, report.summary.domains.paused], [1, 1]);
  },
);

realTest('the daemon refuses a write on the connection that virt-audit opens', ['privateLibvirt'], async () => {
  await using libvirt = await startPrivateLibvirt();
  const attempt = join(import.meta.dirname, 'writeAttempt.ts');
  const { stdout } = await libvirt.run(process.execPath, ['--import', 'tsx', attempt]);
  assert.match(stdout, /read only access prevents virDomainDefineXML/);
  assert.doesNotMatch(await libvirt.virsh('list', '--all', '--name'), /intruder/);
});

realTest('the host’s daemon is neither one that has ended nor a container’s', ['privateLibvirt'], async () => {
  await using folder = await temporaryFolder();
  const daemon = join(folder.path, 'libvirtd');
  await copyFile('/bin/sh', daemon);
  // It kills itself, and its parent never asks how it ended.
  const parent = spawn('sh', ['-c', `'${daemon}' -c 'kill -KILL $$' & exec sleep infinity`]);
  const contained = spawn(daemon, ['-c', 'read line', '--listen']);
  try {
    await using libvirt = await startPrivateLibvirt();
    const { report } = await checkJson(libvirt.run, []);
    assert.deepEqual(outcomesOf(report, 'daemon-without-listen', hostname()), { none: 'pass' });
  } finally {
    parent.kill();
    contained.kill();
  }
});

realTest('sockets named as those of virtqemud are found', ['privateLibvirt'], async () => {
  await using libvirt = await startPrivateLibvirt({ sockets: 'virtqemud-sock' });
  await libvirt.define(domainXml('web', agentChannel));
  const { report } = await checkJson(libvirt.run, []);
  assert.deepEqual(outcomesOf(report, 'guest-agent-channel', 'web'), { config: 'pass' });
});

realTest(
  'a hung daemon costs its own part of the report and no more, in the time given',
  ['privateLibvirt'],
  async () => {
    await using libvirt = await startPrivateLibvirt();
    await libvirt.define(domainXml('web'));
    libvirt.pause();
    try {
      const { code, report } = await checkJson(libvirt.run, ['--timeout', '30']);
      assert.equal(code, 3);
      const failed = report.sources.filter(({ ok }) => !ok).map(({ name }) => name);
      assert.deepEqual(failed, ['libvirt', 'capabilities']);
      assert.match(report.sources[0]?.reason ?? '', /no answer within [\d.]+ s/);
      assert.ok(
        report.findings.some(({ target }) => target.kind === 'host'),
        'host rules are still judged',
      );
    } finally {
      libvirt.resume();
    }
    const { report } = await checkJson(libvirt.run, []);
    assert.deepEqual(outcomesOf(report, 'guest-agent-channel', 'web'), { config: 'fail' });
  },
);

realTest(
  'domains that come and go during audits are neither errors nor missing evidence',
  ['privateLibvirt'],
  async () => {
    await using libvirt = await startPrivateLibvirt();
    await libvirt.define(...names(50).map((name) => domainXml(name, agentChannel)));
    const churn = libvirt.spawn('sh', [
      '-c',
      `while :; do for i in 0 1 2 3 4 5 6 7 8 9; do echo undefine vm-$i; echo define /var/lib/libvirt/vm-$i.xml; done; done | virsh -q -c qemu:///system`,
    ]);
    for (const name of names(10))
      await writeFile(libvirt.path(`/var/lib/libvirt/${name}.xml`), domainXml(name, agentChannel));
    try {
      for (let round = 0; round < 10; round += 1) {
        const { report } = await checkJson(libvirt.run, []);
        assert.deepEqual(
          report.sources.filter(({ ok }) => !ok),
          [],
        );
        assert.deepEqual(Object.values(report.summary.unaudited), [0, 0, 0, 0]);
      }
    } finally {
      churn.kill('SIGKILL');
    }
  },
);

realTest(
  'no daemon, a stale socket, and a user without rights each get a line that says what to do',
  ['privateLibvirt'],
  async () => {
    await using libvirt = await startPrivateLibvirt();
    const nobody = await nobodyIn(libvirt);
    /** What is said of libvirt when it can't be asked. */
    const said = async (asNobody = false): Promise<string> => {
      const { code, stdout, stderr } = await virtAudit(asNobody ? nobody.run : libvirt.run, ['check']);
      assert.equal(code, 3, stderr);
      return stdout.split('\n').find((line) => /^! sources? libvirt\b/.test(line)) ?? '';
    };
    const socket = '/run/libvirt/libvirt-sock-ro';
    // Debian's daemon asks polkit, which is not there.
    assert.match(await said(true), /; run as root, or set auth_unix_ro = "none" in \/etc\/libvirt\/libvirtd\.conf$/);
    await chmod(libvirt.path(socket), 0o600);
    assert.match(await said(true), /Permission denied; run as root or as a member of the group libvirt$/);
    await libvirt.kill();
    assert.match(await said(), /Connection refused; is the daemon running\? \(systemctl status libvirtd\)$/);
    await rm(libvirt.path(socket));
    assert.match(await said(), /no libvirt daemon: .*; start libvirtd or virtqemud /);
  },
);
