/** `virt-audit serve`, scraped by a real Prometheus, over a real libvirtd. */
import assert from 'node:assert/strict';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { startPrivateLibvirt } from './privateLibvirt.ts';
import { startPrometheus } from './prometheus.ts';
import { promtool } from './promtool.ts';
import { realTest } from './realTest.ts';
import { mainModule } from './virtAudit.ts';

const domainXml = (name: string): string => `<domain type='qemu'>
  <name>${name}</name>
  <memory unit='MiB'>64</memory>
  <os><type arch='x86_64' machine='q35'>hvm</type></os>
</domain>`;

/** The address that the exporter says it listens on. */
const addressOf = async (exporter: ChildProcessWithoutNullStreams): Promise<string> => {
  for await (const line of createInterface(exporter.stderr)) {
    const match = /listening on http:\/\/(\S+)/.exec(line);
    if (match?.[1] !== undefined) return match[1];
  }
  throw new Error('the exporter ended');
};

realTest(
  'Prometheus scrapes the findings, promtool finds no fault, and a hung libvirtd hangs no scrape',
  ['privateLibvirt', 'prometheus'],
  async () => {
    await using libvirt = await startPrivateLibvirt();
    await libvirt.define(domainXml('web'), domainXml('db'));
    const exporter = libvirt.spawn(process.execPath, [
      mainModule,
      'serve',
      '--web.listen-address',
      '127.0.0.1:0',
      '--audit.min-interval',
      '1',
    ]);
    try {
      const address = await addressOf(exporter);
      assert.equal((await fetch(`http://${address}/-/healthy`)).status, 200);
      const page = await (await fetch(`http://${address}/metrics`)).text();
      const checked = await promtool(['check', 'metrics'], page);
      assert.deepEqual([checked.code, checked.stdout, checked.stderr], [0, '', '']);
      assert.equal((await fetch(`http://${address}/-/ready`)).status, 200);

      await using prometheus = await startPrometheus({ targets: [address] });
      const query = 'virt_audit_rule_targets{result="fail"}';
      const samples = await prometheus.waitFor(query, (found) => found.length > 0);
      const channel = samples.find(({ labels }) => labels.rule === 'guest-agent-channel');
      assert.equal(channel?.value, 2);
      await libvirt.undefine('db');
      await prometheus.waitFor(`${query} == 1`, (found) =>
        found.some(({ labels }) => labels.rule === 'guest-agent-channel'),
      );

      libvirt.pause();
      await prometheus.waitFor('virt_audit_libvirt_up == 0', (found) => found.length === 1, {
        timeoutMs: 60_000,
        everyMs: 500,
      });
      assert.equal((await prometheus.query('up'))[0]?.value, 1);
      libvirt.resume();
      await prometheus.waitFor('virt_audit_libvirt_up == 1', (found) => found.length === 1, {
        timeoutMs: 60_000,
        everyMs: 500,
      });
    } finally {
      libvirt.resume();
      exporter.kill('SIGTERM');
      await once(exporter, 'exit');
    }
  },
);
