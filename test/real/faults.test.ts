/**
 * What goes wrong on a host while the exporter runs: the page stays served and says so, and the next good audit is complete
 * without a restart.
 */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { chmod, chown, mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hashSync } from 'bcryptjs';
import { eventually } from './eventually.ts';
import { nobodyIn } from './nobody.ts';
import { type PrivateLibvirt, startPrivateLibvirt } from './privateLibvirt.ts';
import { promtool } from './promtool.ts';
import { realTest } from './realTest.ts';
import { type Exporter, type Series, startExporter } from './startExporter.ts';
import { temporaryFolder } from './temporaryFolder.ts';

const domainXml = (name: string): string => `<domain type='qemu'>
  <name>${name}</name>
  <memory unit='MiB'>64</memory>
  <os><type arch='x86_64' machine='q35'>hvm</type></os>
</domain>`;

/** An audit may take as long as it does by itself: a shorter time would save some where the daemon hangs, and be too short on a busy machine. */
const quick = ['--audit.min-interval', '100ms'];

const isUp = (series: Series): boolean => series.get('virt_audit_libvirt_up') === 1;

const isDown = (series: Series): boolean => series.get('virt_audit_libvirt_up') === 0;

const definitions = (series: Series): number | undefined =>
  series.get('virt_audit_rule_targets{rule="guest-agent-channel",severity="medium",result="fail"}');

/** The next good audit is complete, by the same process, and says that nothing but `count` domains are there. */
const recovers = async (exporter: Exporter, count: number): Promise<void> => {
  const series = await exporter.waitFor('libvirt is up again', isUp);
  assert.equal(definitions(series), count);
  assert.equal(series.get('virt_audit_collector_success{collector="libvirt"}'), 1);
  assert.equal(series.get('virt_audit_domains_unaudited{reason="timeout"}'), 0);
  assert.equal(exporter.process.exitCode, null);
};

const isClean = async (page: string): Promise<void> => {
  const { code, stdout, stderr } = await promtool(['check', 'metrics'], page);
  assert.deepEqual([code, stdout, stderr], [0, '', '']);
};

/** The names of all processes in the private libvirt's namespace, one a line. */
const commandsIn = ({ daemonPid }: PrivateLibvirt): string => {
  const namespace = readlinkSync(`/proc/${daemonPid}/ns/mnt`);
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => {
      try {
        return readlinkSync(`/proc/${pid}/ns/mnt`) === namespace
          ? readFileSync(`/proc/${pid}/comm`, 'utf8').trim()
          : '';
      } catch {
        return '';
      }
    })
    .join('\n');
};

/** The daemon as it fails, one way after another, and what makes it well. */
const daemonFaults = (libvirt: PrivateLibvirt) => {
  const socket = libvirt.path('/run/libvirt/libvirt-sock-ro');
  return [
    { name: 'stopped', fault: async () => libvirt.pause(), mend: async () => libvirt.resume() },
    { name: 'killed', fault: () => libvirt.kill(), mend: () => libvirt.restart() },
    {
      name: 'without its socket',
      fault: () => rename(socket, `${socket}.away`),
      mend: () => rename(`${socket}.away`, socket),
    },
  ];
};

realTest(
  'libvirtd hangs, dies, is restarted, loses its socket: each is said, and none stays',
  ['privateLibvirt', 'prometheus'],
  async () => {
    await using libvirt = await startPrivateLibvirt();
    await libvirt.define(domainXml('web'), domainXml('db'));
    await using exporter = await startExporter(quick, libvirt.spawn);
    await recovers(exporter, 2);
    for (const { name, fault, mend } of daemonFaults(libvirt)) {
      const auditor = exporter.auditorPid();
      await fault();
      const page = await eventually(`${name}: libvirt is down`, async () => {
        const text = await exporter.scrape();
        return text.includes('\nvirt_audit_libvirt_up 0\n') ? text : undefined;
      });
      await isClean(page);
      // Only calls that hang cost the auditor its process, and so all that it remembers.
      if (name !== 'stopped') assert.equal(exporter.auditorPid(), auditor, name);
      assert.match(page, /^virt_audit_audit_complete 0$/m, name);
      assert.match(
        page,
        /^virt_audit_audit_last_complete_timestamp_seconds|^virt_audit_collector_success\{collector="libvirt"\} 0$/m,
        name,
      );
      await mend();
      await recovers(exporter, 2);
    }

    // In the very middle of an audit, as far as a test can say: the daemon stands still before it has answered.
    const asked = exporter.scrape(0.5).catch((error: Error) => error.message);
    libvirt.pause();
    assert.match(await asked, /^# HELP virt_audit_/, 'the snapshot before is served');
    libvirt.resume();
    await recovers(exporter, 2);

    // Restarted without being asked; domains of before are still there.
    await libvirt.kill();
    await libvirt.restart();
    await recovers(exporter, 2);

    // It ends while all that it has begun hangs, and leaves nothing that would wait for the daemon.
    libvirt.pause();
    await exporter.scrape(0.5);
    assert.equal((await exporter.stop()).code, 0);
    await eventually('neither auditor nor virsh is left', () =>
      /^(node|virsh)$/m.test(commandsIn(libvirt)) ? undefined : true,
    );
  },
);

realTest(
  'domains come and go during 200 scrapes: no scrape fails, no domain is half seen',
  ['privateLibvirt'],
  async () => {
    await using libvirt = await startPrivateLibvirt();
    await libvirt.define(domainXml('stays'));
    await using exporter = await startExporter(['--audit.min-interval', '1ms', '--audit.timeout', '60'], libvirt.spawn);
    await exporter.ready();
    const names = ['a', 'b', 'c'];
    for (const name of [...names, 'transient']) await writeFile(libvirt.path(`/run/${name}.xml`), domainXml(name));
    const run = (...commands: string[]) =>
      libvirt.run('virsh', ['--quiet', '--connect', 'qemu:///system'], { input: `${commands.join('\n')}\n` });
    let defining = true;
    const loop = (async () => {
      while (defining) {
        await run(...names.map((name) => `define /run/${name}.xml`), 'create /run/transient.xml');
        await run(...names.map((name) => `undefine ${name}`), 'destroy transient');
      }
    })();
    const seen = new Set<number | undefined>();
    try {
      // Some more where libvirtd has not come to the first change by then.
      for (let scrape = 0; scrape < 200 || seen.size === 1; scrape += 10) {
        for (const series of await Promise.all(Array.from({ length: 10 }, () => exporter.series()))) {
          seen.add(definitions(series));
          assert.equal(series.get('virt_audit_libvirt_up'), 1);
          for (const reason of ['timeout', 'denied', 'parse', 'error']) {
            assert.equal(series.get(`virt_audit_domains_unaudited{reason="${reason}"}`), 0, reason);
          }
        }
      }
    } finally {
      defining = false;
      await loop;
    }
    assert.ok(seen.size > 1, `the domains did come and go: ${[...seen]}`);
    await exporter.waitFor('only the one that stays', (series) => definitions(series) === 1);
  },
);

realTest(
  'the auditor is killed, idle or at work; 200 scrapes at once are one audit; SIGTERM ends all',
  ['virsh'],
  async () => {
    await using exporter = await startExporter(['-c', 'test:///default', '--audit.min-interval', '50ms']);
    await exporter.ready();
    const kill = async (): Promise<void> => {
      const pid = await eventually('an auditor runs', () => {
        const running = exporter.auditorPid();
        // None does until somebody asks for more than what is young enough.
        if (running === undefined) exporter.scrape().catch(() => {});
        return running;
      });
      process.kill(pid, 'SIGKILL');
      await eventually('another runs, or none', () => (exporter.auditorPid() === pid ? undefined : true));
    };
    await kill();
    await recovers(exporter, 2);
    const at = exporter.scrape().catch((error: Error) => error.message);
    await kill();
    assert.match(await at, /^# HELP virt_audit_/);
    await recovers(exporter, 2);

    const audits = 'virt_audit_audits_total';
    await new Promise((resolve) => setTimeout(resolve, 100));
    const before = (await exporter.series()).get(audits) ?? 0;
    await new Promise((resolve) => setTimeout(resolve, 100));
    const pages = await Promise.all(Array.from({ length: 200 }, () => exporter.series()));
    assert.ok(pages.every(isUp));
    const after = Math.max(...pages.map((series) => series.get(audits) ?? 0));
    // Whoever came after the first audit had ended and grown old began another; never one each.
    assert.ok(after > before && after - before < 50, `${after - before} audits for 200 scrapes`);

    const pid = exporter.auditorPid();
    const { code, milliseconds } = await exporter.stop();
    assert.equal(code, 0);
    assert.ok(milliseconds < 10_000, `${milliseconds} ms`);
    await eventually('the auditor has ended with it', () => {
      try {
        process.kill(pid ?? 0, 0);
        return undefined;
      } catch {
        return true;
      }
    });
  },
);

realTest(
  'rules, settings and web file are reloaded; a broken one changes nothing and is told',
  ['virsh', 'prometheus'],
  async () => {
    await using folder = await temporaryFolder();
    const [ownRule, config, web] = ['own-rule.yaml', 'config.yaml', 'web.yml'].map((name) => join(folder.path, name));
    assert.ok(ownRule !== undefined && config !== undefined && web !== undefined);
    const rule = (severity: string) => `id: own-rule
title: A domain has a title
severity: ${severity}
target: domain
tags: [own]
rationale: Someone must know it.
remediation: virsh desc DOMAIN --title TITLE
references: [{ title: libvirt, url: 'https://libvirt.org/formatdomain.html' }]
assert: { has: { /domain/title: {} } }
examples:
  pass: [{ name: one, documents: [{ domain: "<domain type='kvm'><name>a</name><title>t</title></domain>" }] }]
  fail: [{ name: none, documents: [{ domain: "<domain type='kvm'><name>a</name></domain>" }], at: [/domain/title] }]
`;
    await writeFile(ownRule, rule('low'));
    await writeFile(config, '{}');
    await writeFile(web, '{}');
    const args = ['-c', 'test:///default', '--rules', ownRule, '--config', config, '--web.config.file', web];
    await using exporter = await startExporter([...args, '--audit.min-interval', '50ms', '--log.format', 'logfmt']);
    await exporter.ready();
    const severityOf = (series: Series): string | undefined =>
      ['low', 'critical', 'info'].find((severity) =>
        series.has(`virt_audit_rule_targets{rule="own-rule",severity="${severity}",result="fail"}`),
      );
    const digestOf = (series: Series): string | undefined =>
      [...series.keys()].find((name) => name.startsWith('virt_audit_ruleset_info{'));
    const reload = async (says: RegExp): Promise<void> => {
      const since = exporter.log.length;
      exporter.process.kill('SIGHUP');
      await exporter.logged(says, since);
    };
    const first = await exporter.series();
    assert.equal(severityOf(first), 'low');

    await writeFile(ownRule, rule('critical'));
    await reload(/msg="reloaded rules and settings"/);
    const second = await exporter.waitFor('the rule is critical', (series) => severityOf(series) === 'critical');
    assert.notEqual(digestOf(second), digestOf(first));

    const broken: readonly [file: string, text: string, says: RegExp][] = [
      [ownRule, 'id: [', /reload failed.*own-rule\.yaml:\d/],
      [config, 'severity: x', /reload failed.*config\.yaml:1: unknown key/],
      [config, '', /reload failed.*config\.yaml:1: is empty/],
      [web, 'basic_auth_users: { alice: secret }', /reload failed.*web\.yml:1: .*expected a bcrypt hash/],
    ];
    for (const [file, text, says] of broken) {
      await writeFile(file, text);
      // Not looked for afterwards, when the process that tried the broken file may be ending.
      const pid = exporter.auditorPid();
      await reload(says);
      // The process that would read the broken file anew does not: a replaced auditor judges by what was good.
      if (pid !== undefined) process.kill(pid, 'SIGKILL');
      const page = await eventually('the old ones still judge', async () => {
        const text = await exporter.scrape();
        return /^virt_audit_config_last_reload_successful 0$/m.test(text) && text.includes(digestOf(second) ?? '!')
          ? text
          : undefined;
      });
      await isClean(page);
      await writeFile(file, file === ownRule ? rule('critical') : '{}');
    }
    await writeFile(config, 'severities: { own-rule: info }');
    await writeFile(web, `basic_auth_users: { alice: ${hashSync('right', 4)} }`);
    await reload(/msg="reloaded rules and settings"/);
    assert.ok(exporter.log.every((line) => /^time=\S+ level=[A-Z]+ msg=/.test(line)));
    const ask = (password?: string) =>
      fetch(`http://${exporter.address}/metrics`, {
        headers: password === undefined ? {} : { authorization: `Basic ${btoa(`alice:${password}`)}` },
      });
    assert.equal((await ask()).status, 401);
    assert.equal((await ask('wrong')).status, 401);
    const page = await eventually('the severity of the settings', async () => {
      const text = await (await ask('right')).text();
      return text.includes('rule="own-rule",severity="info"') ? text : undefined;
    });
    assert.match(page, /^virt_audit_config_last_reload_successful 1$/m);
  },
);

realTest(
  'permission withdrawn from a user who is not root is said, and its return is seen',
  ['privateLibvirt'],
  async () => {
    await using libvirt = await startPrivateLibvirt({ libvirtdConf: 'auth_unix_ro = "none"' });
    await libvirt.define(domainXml('web'));
    await using root = await temporaryFolder();
    await chmod(root.path, 0o755);
    const policy = join(root.path, 'etc', 'apparmor.d');
    await mkdir(policy, { recursive: true });
    await writeFile(
      join(policy, 'libvirtd'),
      'profile libvirtd /usr/sbin/libvirtd flags=(attach_disconnected) { file, }\n',
    );
    const { spawn } = await nobodyIn(libvirt);
    await using exporter = await startExporter([...quick, '-c', 'qemu:///system', '--root', root.path], spawn);
    const errors = (series: Series): number =>
      [...series].reduce(
        (sum, [name, value]) => (/^virt_audit_rule_targets.*"error"/.test(name) ? sum + value : sum),
        0,
      );
    const before = errors(await exporter.waitFor('libvirt is up', isUp));
    await chmod(policy, 0o000);
    await exporter.waitFor('what the policy decides is an error', (series) => errors(series) > before && isUp(series));
    await chmod(policy, 0o755);
    await exporter.waitFor('the policy is read again', (series) => errors(series) === before && isUp(series));

    const socket = libvirt.path('/run/libvirt/libvirt-sock-ro');
    await chmod(socket, 0o700);
    await chown(socket, 0, 0);
    await exporter.waitFor('libvirt is down', isDown);
    await exporter.logged(/source=libvirt .*[Pp]ermission denied/);
    await chmod(socket, 0o777);
    await exporter.waitFor('libvirt is up again', isUp);
    assert.equal(definitions(await exporter.series()), 1);
    exporter.process.kill('SIGTERM');
    await once(exporter.process, 'exit');
  },
);
