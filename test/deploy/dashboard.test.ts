/** The dashboard: every query of it, asked of a real Prometheus that scrapes the sample host, gives data. */
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startPrometheus } from '../real/prometheus.ts';
import { realTest } from '../real/realTest.ts';
import { temporaryFolder } from '../real/temporaryFolder.ts';
import { deployed } from './deployed.ts';
import { startSampleExporter } from './sampleExporter.ts';

/** What the test reads of Grafana's dashboard model. */
interface Dashboard {
  panels: {
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
  await using exporter = await startSampleExporter(['--config', config]);
  const recording = await readFile(deployed('prometheus', 'recording_rules.yml'), 'utf8');
  // Evaluated as often as is scraped here: a group's own interval would be waited for.
  const rules = recording.replaceAll(/^ *interval: .*\n/gm, '');
  await using prometheus = await startPrometheus({ targets: [exporter.address], rules, scrapeInterval: '2s' });
  // A rate takes two scrapes, and a recording rule one before it.
  await prometheus.waitFor('count_over_time(virt_audit_audit_complete[1m]) >= 2', (found) => found.length > 0, {
    timeoutMs: 60_000,
  });
  const recorded = 'rule:virt_audit_hosts_failing:count';
  await prometheus.waitFor(recorded, (found) => found.length > 0, { timeoutMs: 60_000 });

  const empty: string[] = [];
  for (const { title, query } of [...panels, ...variables]) {
    const samples = await prometheus.query(query);
    if (samples.length === 0 || samples.some(({ value }) => Number.isNaN(value))) empty.push(`${title}: ${query}`);
  }
  assert.deepEqual(empty, []);
  // Each recording rule says something too.
  for (const [, record] of rules.matchAll(/record: (\S+)/g))
    assert.notEqual((await prometheus.query(`${record}`)).length, 0, record);
});

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
