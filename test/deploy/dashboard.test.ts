/** The dashboard: every query of it, asked of a real Prometheus that scrapes the sample host, gives data. */
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { eventually } from '../real/eventually.ts';
import { startPrometheus } from '../real/prometheus.ts';
import { promtool } from '../real/promtool.ts';
import { realTest } from '../real/realTest.ts';
import { temporaryFolder } from '../real/temporaryFolder.ts';
import { deployed } from './deployed.ts';
import { startSampleExporter } from './sampleExporter.ts';

/** What the test reads of Grafana's dashboard model. */
interface Dashboard {
  panels: {
    id: number;
    title: string;
    gridPos: { x: number; y: number; w: number; h: number };
    targets: { refId: string; expr: string }[];
  }[];
  templating: { list: { name: string; type: string; query: string | { query: string } }[] };
}

const waivers = `waivers:
  - rule: apparmor-secmodel-active
    host: true
    reason: The sample host is to have a waiver that ends some day.
    expires: 2999-12-31
`;

/** Grafana's own variables and the dashboard's, as Grafana would fill them in with everything chosen. */
const filledIn = (query: string): string => {
  const filled = query.replaceAll('$__rate_interval', '1m').replaceAll(/\$(job|instance|severity)\b/g, '.*');
  assert.doesNotMatch(filled, /\$/, `${query} has a variable that the dashboard does not have`);
  return filled;
};

/** `label_values(METRIC, LABEL)`, which is Grafana's and not Prometheus', as a query. */
const asQuery = (query: string): string => {
  const [, metric, label] = /^label_values\((.*), (\w+)\)$/.exec(query) ?? [];
  assert.ok(metric !== undefined && label !== undefined, query);
  return `count by (${label}) (${metric})`;
};

realTest('every query of the dashboard gives data', ['prometheus'], async () => {
  const dashboard = JSON.parse(await readFile(deployed('grafana', 'virt-audit.json'), 'utf8')) as Dashboard;
  const panels = dashboard.panels.flatMap(({ title, targets }) => {
    assert.ok(targets.length > 0, title);
    return targets.map(({ expr }) => ({ title, query: filledIn(expr) }));
  });
  const variables = dashboard.templating.list.flatMap(({ name, query }) =>
    typeof query === 'string' ? [] : [{ title: `$${name}`, query: asQuery(filledIn(query.query)) }],
  );
  assert.ok(panels.length >= 20 && variables.length === 3);

  await using folder = await temporaryFolder();
  const config = join(folder.path, 'virt-audit.yaml');
  await writeFile(config, waivers);
  // One source fails, so that the panel of those has something to show.
  await using exporter = await startSampleExporter(['--config', config, '--domains', join(folder.path, 'none')]);
  const recording = await readFile(deployed('prometheus', 'recording_rules.yml'), 'utf8');
  // Evaluated as often as is scraped here: a group's own interval would be waited for.
  const rules = recording.replaceAll(/^ *interval: .*\n/gm, '');
  await using prometheus = await startPrometheus({ targets: [exporter.address], rules, scrapeInterval: '2s' });
  // A rate takes two scrapes, and a recording rule one before it.
  await prometheus.waitFor('count_over_time(virt_audit_audit_complete[1m]) >= 2', (found) => found.length > 0);
  const recorded = 'rule:virt_audit_hosts_failing:count';
  await prometheus.waitFor(recorded, (found) => found.length > 0);

  // Nothing has any data for a moment where a scrape comes too late.
  const withoutData = async (): Promise<string[]> => {
    const empty: string[] = [];
    for (const { title, query } of [...panels, ...variables]) {
      const samples = await prometheus.query(query);
      if (samples.length === 0 || samples.some(({ value }) => Number.isNaN(value))) empty.push(`${title}: ${query}`);
    }
    // Each recording rule says something too.
    for (const [, record = ''] of rules.matchAll(/record: (\S+)/g))
      if ((await prometheus.query(record)).length === 0) empty.push(record);
    return empty;
  };
  await eventually('every query gives data', async () => {
    assert.deepEqual(await withoutData(), []);
    return true;
  });
});

const fleet = `
rule_files: [rules.yml]
evaluation_interval: 1m
tests:
  - input_series:
      - { series: 'up{job="virt-audit",instance="a"}', values: 1x9 }
      - { series: 'virt_audit_build_info{job="virt-audit",instance="a"}', values: 1x9 }
      - { series: 'virt_audit_audit_complete{job="virt-audit",instance="a"}', values: 1x9 }
      # Down since minute 2, and others that are not virt-audit's.
      - { series: 'up{job="virt-audit",instance="b"}', values: 1 1 0x7 }
      - { series: 'virt_audit_build_info{job="virt-audit",instance="b"}', values: 1 1 stale }
      - { series: 'up{job="prometheus",instance="p"}', values: 1x9 }
      - { series: 'up{job="node",instance="a"}', values: 1x9 }
      # In the middle of an upgrade that words a title anew.
      - { series: 'virt_audit_rule_targets{job="virt-audit",instance="a",rule="r",severity="high",result="fail"}', values: 2x9 }
      - { series: 'virt_audit_rule_targets{job="virt-audit",instance="c",rule="r",severity="high",result="fail"}', values: 3x9 }
      - { series: 'virt_audit_rule_info{job="virt-audit",instance="a",rule="r",category="c",title="One"}', values: 1x9 }
      - { series: 'virt_audit_rule_info{job="virt-audit",instance="c",rule="r",category="c",title="One"}', values: 1x9 }
      - { series: 'virt_audit_rule_info{job="virt-audit",instance="d",rule="r",category="c",title="Other"}', values: 1x9 }
    promql_expr_test:
      - expr: panel_4
        eval_time: 5m
        exp_samples: [{ labels: panel_4, value: 0.5 }]
      - expr: sum without (title) (panel_9)
        eval_time: 5m
        exp_samples: [{ labels: '{rule="r",severity="high",category="c"}', value: 5 }]
`;

realTest(
  'panels count the hosts that have virt-audit, and take an upgrade of half a fleet',
  ['prometheus'],
  async () => {
    const { panels } = JSON.parse(await readFile(deployed('grafana', 'virt-audit.json'), 'utf8')) as Dashboard;
    const recorded = panels
      .filter(({ id }) => id === 4 || id === 9)
      .map(({ id, targets: [target] }) => ({ record: `panel_${id}`, expr: filledIn(target?.expr ?? '') }));
    await using folder = await temporaryFolder();
    await writeFile(join(folder.path, 'rules.yml'), stringify({ groups: [{ name: 'panels', rules: recorded }] }));
    await writeFile(join(folder.path, 'test.yml'), fleet);
    const { code, stdout, stderr } = await promtool(['test', 'rules', join(folder.path, 'test.yml')]);
    assert.equal(code, 0, `${stdout}${stderr}`);
  },
);

realTest('the panels of the dashboard fill its width and do not overlap', [], async () => {
  const { panels } = JSON.parse(await readFile(deployed('grafana', 'virt-audit.json'), 'utf8')) as Dashboard;
  const taken = new Set<string>();
  for (const {
    title,
    gridPos: { x, y, w, h },
  } of panels) {
    assert.ok(x + w <= 24, title);
    for (let column = x; column < x + w; column += 1) {
      for (let row = y; row < y + h; row += 1) {
        assert.ok(!taken.has(`${column} ${row}`), title);
        taken.add(`${column} ${row}`);
      }
    }
  }
  assert.equal(taken.size % 24, 0);
});
