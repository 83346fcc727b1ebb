import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createProcessMetrics } from '../../src/exporter/processMetrics.ts';
import { textOf } from './textOf.ts';

test('an audit without a result shows, and the next one with a result clears it', async () => {
  const metrics = createProcessMetrics(30_000);
  const value = async (name: string) => new RegExp(`^${name} (.*)$`, 'm').exec(await textOf(metrics))?.[1];
  const seen = async () => [
    await value('virt_audit_audits_total'),
    await value('virt_audit_audit_failures_total'),
    await value('virt_audit_last_audit_successful'),
  ];
  metrics.audited();
  metrics.succeeded();
  assert.deepEqual(await seen(), ['1', '0', '1']);
  metrics.audited();
  metrics.failed();
  assert.deepEqual(await seen(), ['2', '1', '0']);
  metrics.audited();
  metrics.succeeded();
  assert.deepEqual(await seen(), ['3', '1', '1']);
});

test('how old an audit may be is told, whatever else is left out', async () => {
  assert.match(
    await textOf(createProcessMetrics(1_800_500, false)),
    /^virt_audit_audit_min_interval_seconds 1800\.5$/m,
  );
});

test('what Node tells of itself is read once for scrapes that come together, and anew for one that comes later; audits are told at once', async () => {
  let clock = 0;
  const metrics = createProcessMetrics(30_000, true, () => clock);
  const seconds = async () => /^process_cpu_seconds_total (.*)$/m.exec(await textOf(metrics))?.[1];
  const work = (): void => {
    const since = process.cpuUsage();
    while (process.cpuUsage(since).user < 20_000);
  };
  const first = await seconds();
  work();
  clock = 250;
  metrics.audited();
  assert.equal(await seconds(), first);
  assert.match(await textOf(metrics), /^virt_audit_audits_total 1$/m);
  clock = 1001;
  assert.notEqual(await seconds(), first);
});

test('no gauge of Node’s has a counter’s name', async () => {
  const text = await textOf(createProcessMetrics(30_000));
  assert.match(text, /^nodejs_active_handles\{/m);
  assert.doesNotMatch(text, /^# TYPE \w+_total gauge$/m);
});

test('a reload that failed leaves the time of the one before', async () => {
  const metrics = createProcessMetrics(30_000, false);
  metrics.reloaded(true, 100);
  metrics.reloaded(false, 200);
  const text = await textOf(metrics);
  assert.match(text, /^virt_audit_config_last_reload_successful 0$/m);
  assert.match(text, /^virt_audit_config_last_reload_success_timestamp_seconds 100$/m);
});
