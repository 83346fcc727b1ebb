/** The settings in their usual place, which nobody has named, while the exporter runs. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { realTest } from './realTest.ts';
import { type Series, startExporter } from './startExporter.ts';
import { temporaryFolder } from './temporaryFolder.ts';

const settings = '/etc/virt-audit/virt-audit.yaml';

/** Seen by the command alone, whose process stays the one that is started. */
const withSettings = (text: string) => (command: string, args: readonly string[]) => {
  const script = `mount -t tmpfs tmpfs /etc && mkdir /etc/virt-audit && printf '${text}' >${settings} && exec "$0" "$@"`;
  return spawn('unshare', ['--mount', '--propagation', 'private', 'sh', '-c', script, command, ...args]);
};

realTest('settings that are gone, or empty, at a reload stay as they were', ['privateLibvirt'], async () => {
  await using folder = await temporaryFolder();
  const domain = join(folder.path, 'a.xml');
  await writeFile(domain, "<domain type='kvm'><name>a</name></domain>");
  const args = ['--domains', domain, '--root', folder.path, '--rule', 'guest-agent-channel', '--log.format', 'logfmt'];
  const start = withSettings('severities: { guest-agent-channel: info }');
  await using exporter = await startExporter([...args, '--audit.min-interval', '50ms'], start);
  await exporter.ready();
  const path = `/proc/${exporter.process.pid}/root${settings}`;
  const reload = async (says: RegExp): Promise<Series> => {
    const since = exporter.log.length;
    exporter.process.kill('SIGHUP');
    await exporter.logged(says, since);
    return exporter.series();
  };
  const severity = (series: Series): string | undefined =>
    /severity="(\w+)"/.exec([...series.keys()].find((name) => name.startsWith('virt_audit_rule_info{')) ?? '')?.[1];
  const told = (series: Series) => series.get('virt_audit_config_last_reload_successful');

  for (const [change, says] of [
    [() => rm(path), /reload failed.*virt-audit\.yaml: is not there any more; {} in it stands for no settings/],
    [() => writeFile(path, ''), /reload failed.*virt-audit\.yaml:1: is empty; {} or a comment stands for no settings/],
  ] as const) {
    await change();
    const series = await reload(says);
    assert.deepEqual([told(series), severity(series)], [0, 'info']);
  }
  await writeFile(path, '{}');
  const since = await reload(/msg="reloaded rules and settings"/);
  assert.deepEqual([told(since), severity(since)], [1, 'medium']);
});
