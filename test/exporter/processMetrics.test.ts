import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createProcessMetrics } from '../../src/exporter/processMetrics.ts';

test('an audit without a result shows, and the next one with a result clears it', async () => {
  const metrics = createProcessMetrics(30_000);
  const value = async (name: string) => new RegExp(`^${name} (.*)$`, 'm').exec(await metrics.text())?.[1];
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
  assert.match(await createProcessMetrics(1_800_500, false).text(), /^virt_audit_audit_min_interval_seconds 1800\.5$/m);
});
