import assert from 'node:assert/strict';
import { once } from 'node:events';
import { closeSync, openSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { bootAgentGuest } from './bootAgentGuest.ts';
import { eventually } from './eventually.ts';
import { nobodyIn } from './nobody.ts';
import { startPrivateLibvirt } from './privateLibvirt.ts';
import { startPrometheus } from './prometheus.ts';
import { promtool } from './promtool.ts';
import { realTest } from './realTest.ts';
import { runCommand } from './runCommand.ts';
import { runModule } from './runModule.ts';
import { testDriver } from './testDriver.ts';

const domain = (name: string, more = ''): string => `<domain type='qemu'>
  <name>${name}</name><memory unit='MiB'>64</memory><os><type arch='x86_64' machine='q35'>hvm</type></os>${more}
</domain>`;

const namespaceOf = (pid: number | string): string | undefined => {
  try {
    return readlinkSync(`/proc/${pid}/ns/mnt`);
  } catch {
    return undefined;
  }
};

/** Keeps a namespace's number its own for as long as this is held: the kernel gives a free one to the next, such as another test's. */
const holdNamespaceOf = (pid: number): Disposable => {
  const held = openSync(`/proc/${pid}/ns/mnt`, 'r');
  return { [Symbol.dispose]: () => closeSync(held) };
};

const processesIn = (namespace: string | undefined): string[] =>
  readdirSync('/proc').filter((name) => /^\d+$/.test(name) && namespaceOf(name) === namespace);

/** What runs in a namespace, by the names that the kernel cuts off after 15 letters. */
const commandsIn = (namespace: string | undefined): string[] =>
  processesIn(namespace)
    .map((pid) => readFileSync(`/proc/${pid}/comm`, 'utf8').trim())
    .sort();

realTest(
  'a private libvirt serves 1,000 domains, is not seen from outside, and leaves nothing',
  ['privateLibvirt'],
  async () => {
    const libvirt = await startPrivateLibvirt();
    using _held = holdNamespaceOf(libvirt.daemonPid);
    const namespace = namespaceOf(libvirt.daemonPid);
    try {
      const names = Array.from({ length: 1000 }, (_, index) => `i-2-${index}-VM`);
      await libvirt.define(...names.map((name) => domain(name)));
      assert.deepEqual((await libvirt.virsh('list', '--all', '--name')).trim().split('\n').sort(), names.sort());

      await libvirt.start('i-2-7-VM');
      assert.match(await libvirt.dumpxml('i-2-7-VM'), /^<domain type='qemu' id='1'>/);
      assert.match(await libvirt.dumpxml('i-2-7-VM', '--inactive'), /^<domain type='qemu'>/);
      // A process that libvirtd has started to ask something may be there a moment longer.
      const commands = ['libvirtd', 'qemu-system-x86', 'sh', 'virtlogd'];
      await eventually('the holder, libvirtd, virtlogd and one QEMU', () => {
        assert.deepEqual(commandsIn(namespace), commands);
        return true;
      });
      assert.equal(readdirSync(libvirt.path('/run/libvirt')).includes('libvirt-sock-ro'), true);
      assert.notEqual(namespace, namespaceOf('self'));

      await libvirt.destroy('i-2-7-VM');
      await libvirt.undefine('i-2-7-VM');
      await assert.rejects(libvirt.dumpxml('i-2-7-VM'), /virsh .*dumpxml.*failed to get domain/s);
      await assert.rejects(libvirt.define(domain('fine'), '<domain/>'), /virsh define: .*missing name/s);
      await libvirt.start('i-2-8-VM');
    } finally {
      await libvirt.stop();
    }
    assert.deepEqual(processesIn(namespace), []);
  },
);

realTest('its daemon hangs, goes on, dies and comes back as told', ['privateLibvirt'], async () => {
  await using libvirt = await startPrivateLibvirt();
  const ask = (options = {}) => libvirt.run('virsh', ['--readonly', '--connect', 'qemu:///system', 'uri'], options);
  await libvirt.define(domain('runs-on'));
  await libvirt.start('runs-on');

  libvirt.pause();
  assert.deepEqual(await ask({ timeoutMs: 1000 }), { code: null, stdout: '', stderr: '' });
  libvirt.resume();
  assert.deepEqual(await ask(), { code: 0, stdout: 'qemu:///system\n\n', stderr: '' });

  const { daemonPid } = libvirt;
  await libvirt.kill();
  assert.match((await ask()).stderr, /libvirt-sock-ro': Connection refused/);
  await libvirt.restart();
  assert.notEqual(libvirt.daemonPid, daemonPid);
  assert.equal((await libvirt.virsh('list', '--name')).trim(), 'runs-on');
});

realTest('a paused daemon is ended too', ['privateLibvirt'], async () => {
  const libvirt = await startPrivateLibvirt();
  using _held = holdNamespaceOf(libvirt.daemonPid);
  const namespace = namespaceOf(libvirt.daemonPid);
  libvirt.pause();
  await libvirt.stop();
  assert.deepEqual(processesIn(namespace), []);
});

realTest('the sockets can have the modular daemon’s names', ['privateLibvirt'], async () => {
  await using libvirt = await startPrivateLibvirt({ sockets: 'virtqemud-sock' });
  const sockets = readdirSync(libvirt.path('/run/libvirt')).filter((name) => /^(libvirt|virtqemud)-sock/.test(name));
  assert.deepEqual(sockets.sort(), ['virtqemud-sock', 'virtqemud-sock-ro']);
  const uri = 'qemu:///system?socket=/run/libvirt/virtqemud-sock-ro';
  assert.equal((await libvirt.run('virsh', ['--connect', uri, 'list'])).code, 0);
});

realTest('a user other than root may be let in to read, without polkit', ['privateLibvirt'], async () => {
  await using libvirt = await startPrivateLibvirt({ libvirtdConf: 'auth_unix_ro = "none"' });
  const { run } = await nobodyIn(libvirt);
  const connect = ['--connect', 'qemu:///system'];
  assert.equal((await run('virsh', [...connect, '--readonly', 'uri'])).code, 0);
  assert.match((await run('virsh', [...connect, 'uri'])).stderr, /system bus connection/);
});

realTest('a command inside has its own pid, its folder and its end', ['privateLibvirt'], async (context) => {
  await using libvirt = await startPrivateLibvirt();
  const shell = libvirt.spawn('sh', ['-c', 'trap "exit 7" TERM; pwd; read -r line; kill -TERM $$']);
  context.after(() => shell.kill('SIGKILL'));
  assert.equal(String((await once(shell.stdout, 'data'))[0]), `${process.cwd()}\n`);
  assert.equal(namespaceOf(shell.pid ?? 'none'), namespaceOf(libvirt.daemonPid));
  shell.stdin.end('\n');
  assert.deepEqual(await once(shell, 'close'), [7, null]);
});

for (const [fate, statement, code] of [
  ['is killed', "process.kill(process.pid, 'SIGKILL')", null],
  ['forgets it', '', 0],
] as const) {
  realTest(`a libvirt whose test ${fate} ends as well`, ['privateLibvirt'], async () => {
    const script = `
      import { startPrivateLibvirt } from './privateLibvirt.ts';
      console.log((await startPrivateLibvirt()).daemonPid);
      ${statement}`;
    const result = await runModule(script);
    assert.deepEqual(result, { code, stdout: result.stdout, stderr: '' });
    assert.match(result.stdout, /^\d+\n$/);
    await eventually('the daemon has ended', () => namespaceOf(result.stdout.trim()) === undefined || undefined);
  });
}

for (const [channels, agentPort, vport] of [
  ['agent-first', 'vport0p1', 'vport0p2'],
  ['vport-first', 'vport0p2', 'vport0p1'],
] as const) {
  realTest(`the guest names its ports whatever their numbers: ${channels}`, ['agentGuest'], async () => {
    await using libvirt = await startPrivateLibvirt();
    const guest = await bootAgentGuest(libvirt, { name: 'v-215-VM', channels });
    const links = (await guest.console()).matchAll(/(\S+) -> \.\.\/(\S+)/g);
    assert.deepEqual(Object.fromEntries([...links].map(([, name, port]) => [name, port])), {
      'org.qemu.guest_agent.0': agentPort,
      'v-215-VM.vport': vport,
    });
    const connected = { 'org.qemu.guest_agent.0': 'connected', 'v-215-VM.vport': 'disconnected' };
    assert.deepEqual(await guest.channelStates(), connected);
    // However long it takes: the guest is emulated.
    const ping = ['qemu-agent-command', '--block', 'v-215-VM', '{"execute":"guest-ping"}'];
    assert.equal((await libvirt.virsh(...ping)).trim(), '{"return":{}}');

    await guest.stopAgent();
    assert.deepEqual(await guest.channelStates(), { ...connected, 'org.qemu.guest_agent.0': 'disconnected' });
    await assert.rejects(libvirt.virsh(...ping), /agent is not connected/);
    await guest.startAgent();
    assert.deepEqual(await guest.channelStates(), connected);
  });
}

realTest('the test driver has the domains that it is given', ['virsh'], async () => {
  const channel =
    "<devices><channel type='unix'><target type='virtio' name='org.qemu.guest_agent.0'/></channel></devices>";
  await using driver = await testDriver([
    { xml: domain('up', channel) },
    { xml: `<?xml version='1.0'?>\n${domain('down')}`, running: false },
  ]);
  const virsh = async (...args: string[]) => (await runCommand('virsh', ['-q', '-c', driver.uri, ...args])).stdout;
  assert.deepEqual((await virsh('list', '--name')).trim().split('\n'), ['up']);
  assert.deepEqual((await virsh('list', '--inactive', '--name')).trim().split('\n'), ['down']);
  assert.match(await virsh('dumpxml', 'up'), /name='org\.qemu\.guest_agent\.0'/);
});

realTest('Prometheus scrapes a target, evaluates rules and refuses nonsense', ['prometheus'], async () => {
  const server = createServer((_, response) => response.end('answer 42\n')).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const target = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const rules = 'groups: [{ name: test, rules: [{ alert: Answered, expr: answer == 42 }] }]';
  try {
    await using prometheus = await startPrometheus({ targets: [target], rules });
    const up = await prometheus.waitFor('up', ([sample]) => sample?.value === 1);
    assert.deepEqual(up, [{ labels: { __name__: 'up', instance: target, job: 'virt-audit' }, value: 1 }]);
    const [more] = await prometheus.waitFor('scalar(answer) + 1', ([sample]) => sample?.value === 43);
    assert.deepEqual(more, { labels: {}, value: 43 });
    const [alert] = await prometheus.waitFor('ALERTS', (samples) => samples.length > 0);
    assert.equal(alert?.labels.alertname, 'Answered');
    await assert.rejects(prometheus.query('up{'), /up\{: bad_data: /);
    await assert.rejects(
      prometheus.waitFor('nobody_says_so', (found) => found.length > 0, { timeoutMs: 300 }),
      /not within 0.3 s: nobody_says_so/,
    );
    server.close();
    server.closeAllConnections();
    await prometheus.waitFor('up', ([sample]) => sample?.value === 0);
  } finally {
    server.close();
  }
  await assert.rejects(
    startPrometheus({ targets: [], rules: 'nonsense: [' }),
    /Prometheus does not start: .*rules\.yml/s,
  );
});

realTest('promtool judges an exposition', ['prometheus'], async () => {
  const good = '# HELP virt_audit_up Up.\n# TYPE virt_audit_up gauge\nvirt_audit_up 1\n';
  assert.deepEqual(await promtool(['check', 'metrics'], good), { code: 0, stdout: '', stderr: '' });
  const unhelpful = await promtool(['check', 'metrics'], 'virt_audit_up 1\n');
  assert.deepEqual([unhelpful.code, unhelpful.stderr.trim()], [3, 'virt_audit_up no help text']);
});
