/**
 * `make fleet`: what a fleet of hosts costs a real Prometheus. One HTTP server on loopback serves the pages of all hosts, each at
 * a path of its own; they are what `virt-audit serve` says of a few audited hosts, under other names. Prometheus scrapes them as
 * deploy/prometheus says and evaluates the shipped recording rules. Prints a table; docs/fleet.md keeps one.
 * Settings by environment: HOSTS (1000), DOMAINS (50 a host), MINUTES (5), INTERVAL (60 s).
 */
import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { availableParallelism, totalmem } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { deployed } from '../deploy/deployed.ts';
import { startSampleExporter } from '../deploy/sampleExporter.ts';
import { outputOf } from '../real/outputOf.ts';
import { type Prometheus, startPrometheus } from '../real/prometheus.ts';
import { temporaryFolder } from '../real/temporaryFolder.ts';
import { fleetDomain } from './fleetDomain.ts';
import { fleetPage } from './fleetPage.ts';

const setting = (name: string, otherwise: number): number => Number(process.env[name] ?? otherwise);
const [hosts, domains] = [setting('HOSTS', 1000), setting('DOMAINS', 50)];
const [minutes, interval] = [setting('MINUTES', 5), setting('INTERVAL', 60)];
/** Hosts that are really audited; the others say the same with other names. */
const audited = 4;

/** What virt-audit says of a host with `count` domains, of which some lack this and some that. */
const auditedPage = async (folder: string, host: number, count: number): Promise<string> => {
  const path = join(folder, `${host}`);
  await mkdir(path);
  for (let index = 0; index < count; index += 1) {
    await writeFile(join(path, `${index}.xml`), fleetDomain(host * count + index));
  }
  await using exporter = await startSampleExporter([], path);
  const response = await fetch(`http://${exporter.address}/metrics`);
  assert.equal(response.status, 200);
  return response.text();
};

const serve = (pages: readonly string[]) => {
  const server = createServer((request, response) => {
    const host = Number(/^\/(\d+)\/metrics$/.exec(request.url ?? '')?.[1]);
    const page = pages[host % pages.length];
    if (page === undefined) response.writeHead(404).end();
    else
      response
        .writeHead(200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' })
        .end(fleetPage(page, host, Date.now() / 1000));
  });
  return new Promise<{ port: number; stop: () => void }>((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      const stop = (): void => {
        server.close();
        server.closeAllConnections();
      };
      resolve({ port, stop });
    });
  });
};

/** A metric of Prometheus itself. */
const own = async ({ url }: Prometheus, name: string): Promise<number> => {
  const page = await (await fetch(`${url}/metrics`)).text();
  return Number(new RegExp(`^${name}(?:\\{[^}]*\\})? (\\S+)`, 'm').exec(page)?.[1] ?? Number.NaN);
};

/** https://prometheus.io/docs/prometheus/latest/querying/api/#rules */
interface RulesAnswer {
  data: {
    groups: {
      name: string;
      evaluationTime: number;
      rules: { name: string; health: string; evaluationTime: number }[];
    }[];
  };
}

const ruleTimes = async ({ url }: Prometheus): Promise<{ name: string; seconds: number }[]> => {
  const { data } = (await (await fetch(`${url}/api/v1/rules`)).json()) as RulesAnswer;
  return data.groups.flatMap(({ name: group, evaluationTime, rules }) => [
    ...rules.map(({ name, evaluationTime: seconds }) => ({ name, seconds })),
    { name: `group ${group}`, seconds: evaluationTime },
  ]);
};

/** https://prometheus.io/docs/prometheus/latest/querying/api/#tsdb-stats: the ten metrics with the most series. */
const seriesByName = async ({ url }: Prometheus): Promise<{ name: string; value: number }[]> => {
  const { data } = (await (await fetch(`${url}/api/v1/status/tsdb`)).json()) as {
    data: { seriesCountByMetricName: { name: string; value: number }[] };
  };
  return data.seriesCountByMetricName;
};

const one = async (prometheus: Prometheus, query: string): Promise<number> => {
  const [sample] = await prometheus.query(query);
  return sample?.value ?? Number.NaN;
};

const mebibytes = (bytes: number): string => `${Math.round(bytes / 2 ** 20)} MiB`;
const say = (line: string): void => void process.stdout.write(`${line}\n`);

await using folder = await temporaryFolder();
const pages: string[] = [];
for (let host = 0; host < audited; host += 1) pages.push(await auditedPage(folder.path, host, domains));
const { port, stop } = await serve(pages);
try {
  const targets = Array.from({ length: hosts }, (_, host) => ({
    targets: [`127.0.0.1:${port}`],
    labels: { instance: `host${host}:19177`, __metrics_path__: `/${host}/metrics` },
  }));
  const file = join(folder.path, 'hosts.json');
  await writeFile(file, JSON.stringify(targets));
  const rules = await readFile(deployed('prometheus', 'recording_rules.yml'), 'utf8');
  await using prometheus = await startPrometheus({
    targets: [],
    scrape: { file_sd_configs: [{ files: [file] }] },
    scrapeInterval: `${interval}s`,
    rules,
  });
  const patience = { timeoutMs: 1000 * (4 * interval + 60), everyMs: 2000 };
  await prometheus.waitFor('count(up == 1)', (found) => found[0]?.value === hosts, patience);
  const evaluations: { name: string; seconds: number }[][] = [];
  let peak = 0;
  const end = Date.now() + minutes * 60_000;
  for (let next = Date.now(); Date.now() < end; ) {
    peak = Math.max(peak, await own(prometheus, 'process_resident_memory_bytes'));
    if (Date.now() >= next) {
      evaluations.push(await ruleTimes(prometheus));
      next += interval * 1000;
    }
    await sleep(5000);
  }
  const failed = hosts - (await one(prometheus, 'count(up == 1)'));
  assert.equal(failed, 0, `${failed} hosts could not be scraped`);
  const series = await own(prometheus, 'prometheus_tsdb_head_series');
  const memory = await own(prometheus, 'process_resident_memory_bytes');
  const seconds = await own(prometheus, 'process_cpu_seconds_total');
  const started = await own(prometheus, 'process_start_time_seconds');
  const version = /version (\S+)/.exec(await outputOf('prometheus', ['--version']))?.[1];
  say(
    `${new Date().toISOString().slice(0, 10)}, ${availableParallelism()} cores, ${mebibytes(totalmem())}, Prometheus ${version}`,
  );
  say(`${hosts} hosts of ${domains} domains, scraped every ${interval} s for ${minutes} min\n`);
  say('| | |\n|---|---|');
  say(`| page of a host | ${Math.round(Buffer.byteLength(fleetPage(pages[0] ?? '', 0, 0)) / 1024)} KiB |`);
  say(`| series of a host | ${Math.round(await one(prometheus, 'avg(scrape_samples_post_metric_relabeling)'))} |`);
  say(`| series in Prometheus | ${series} |`);
  say(
    `| resident memory | ${mebibytes(memory)}, at most ${mebibytes(peak)}; ${Math.round(memory / series)} bytes a series |`,
  );
  say(`| processor | ${((seconds / (Date.now() / 1000 - started)) * 100).toFixed(0)} % of a core |`);
  say(`| a scrape, 99 % | ${(await one(prometheus, 'quantile(0.99, scrape_duration_seconds)')).toFixed(3)} s |\n`);
  say('| recording rule | median of evaluations | worst |\n|---|---|---|');
  for (const [index, { name }] of (evaluations[0] ?? []).entries()) {
    const times = evaluations.flatMap((evaluation) => evaluation[index]?.seconds ?? []).sort((a, b) => a - b);
    const median = times[Math.floor(times.length / 2)] ?? Number.NaN;
    say(`| ${name} | ${(median * 1000).toFixed(0)} ms | ${((times.at(-1) ?? Number.NaN) * 1000).toFixed(0)} ms |`);
  }
  say('\n| series | in all |\n|---|---|');
  for (const { name, value } of await seriesByName(prometheus)) say(`| ${name} | ${value} |`);
} finally {
  stop();
}
