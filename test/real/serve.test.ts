/** `virt-audit serve`, scraped by a real Prometheus, over a real libvirtd. */
import assert from 'node:assert/strict';
import { startPrivateLibvirt } from './privateLibvirt.ts';
import { startPrometheus } from './prometheus.ts';
import { promtool } from './promtool.ts';
import { realTest } from './realTest.ts';
import { startExporter } from './startExporter.ts';

const domainXml = (name: string): string => `<domain type='qemu'>
  <name>${name}</name>
  <memory unit='MiB'>64</memory>
  <os><type arch='x86_64' machine='q35'>hvm</type></os>
</domain>`;

realTest(
  'Prometheus scrapes the findings, promtool finds no fault, and a hung libvirtd hangs no scrape',
  ['privateLibvirt', 'prometheus'],
  async () => {
    await using libvirt = await startPrivateLibvirt();
    await libvirt.define(domainXml('web'), domainXml('db'));
    await using exporter = await startExporter(['--audit.min-interval', '1'], libvirt.spawn);
    const { address } = exporter;
    await exporter.ready();
    try {
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
      // Of one moment: a scrape after it may come too late for reasons of this machine's own.
      await prometheus.waitFor('virt_audit_libvirt_up == 0 and on() up == 1', (found) => found.length === 1);
      libvirt.resume();
      await prometheus.waitFor('virt_audit_libvirt_up == 1', (found) => found.length === 1);
    } finally {
      libvirt.resume();
    }
  },
);
