/** promtool has nothing to say against the page in any state. */
import assert from 'node:assert/strict';
import { failedReport } from '../../src/auditor/failedReport.ts';
import { createProcessMetrics } from '../../src/exporter/processMetrics.ts';
import { type MetricsOptions, renderMetrics } from '../../src/exporter/renderMetrics.ts';
import type { Finding } from '../../src/model/finding.ts';
import type { Report } from '../../src/model/report.ts';
import { textOf } from '../exporter/textOf.ts';
import { emptyReport, findings, sampleReport } from '../reporters/sampleReport.ts';
import { promtool } from './promtool.ts';
import { realTest } from './realTest.ts';
import { seriesOf } from './startExporter.ts';

const [, failing] = findings;

const failingOf = (name: string, uuid: string): Finding => {
  assert.ok(failing?.outcome === 'fail');
  return { ...failing, target: { kind: 'domain', name, uuid } };
};

const twins: Report = {
  ...sampleReport,
  findings: [failingOf('web', '1'), failingOf('web', '2'), failingOf('', '3'), failingOf('a"b\\\n', '4')],
  domains: [
    { name: 'web', uuid: '1' },
    { name: 'web', uuid: '2' },
    { name: 'web', uuid: '2' },
    { name: 'a"b\\\n', uuid: '4' },
  ],
};

const libvirtDown: Report = {
  ...emptyReport,
  sources: [{ name: 'libvirt', ok: false, seconds: 8, reason: 'hung' }],
  summary: { ...emptyReport.summary, complete: false },
};

const states: readonly { name: string; report?: Report; options?: Partial<MetricsOptions> }[] = [
  { name: 'never audited' },
  { name: 'with findings', report: sampleReport },
  { name: 'without domains', report: emptyReport },
  { name: 'libvirt down', report: libvirtDown, options: { lastComplete: 1.5 } },
  { name: 'an audit that did not end', report: failedReport('it did not end', new Date(0), 20) },
  { name: 'two domains of one name', report: twins },
  { name: 'capped', report: twins, options: { maxFindingSeries: 1 } },
  { name: 'without series for domains', report: twins, options: { findings: 'none' } },
];

for (const { name, report, options } of states) {
  realTest(`${name}: promtool finds no fault, and no series is there twice`, ['prometheus'], async () => {
    const own = createProcessMetrics(30_000);
    own.reloaded(true, 1);
    const page = report === undefined ? '' : await renderMetrics(report, { maxFindingSeries: 5000, ...options });
    const text = `${page}${await textOf(own)}`;
    assert.deepEqual(await promtool(['check', 'metrics'], text), { code: 0, stdout: '', stderr: '' });
    const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
    assert.equal(seriesOf(text).size, lines.length);
  });
}
