import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from '../real/eventually.ts';
import { testDriver } from '../real/testDriver.ts';
import { domainXml } from './domainXml.ts';
import { failingRules } from './failingRules.ts';
import { ms, type Row } from './row.ts';
import { scrape, sending, serving } from './serving.ts';
import { median, percentile } from './statistics.ts';

const domains = 1000;
const perSecond = 50;
const seconds = 30;

/** 50 scrapes a second, each sent on time whatever became of those before it. @returns milliseconds of each */
const steadyScrapes = async (port: number): Promise<number[]> => {
  const began = performance.now();
  const scrapes = Array.from({ length: perSecond * seconds }, async (_, index) => {
    await sleep(Math.max(0, began + (index * 1000) / perSecond - performance.now()));
    return scrape(port);
  });
  const results = await Promise.all(scrapes);
  const bad = results.find(({ status }) => status !== 200);
  if (bad !== undefined) throw new Error(`a scrape got ${bad.status}`);
  return results.map(({ milliseconds }) => milliseconds);
};

/** Scrapes that each cause a whole collection of the same running domains, by both exporters in turns. */
const againstExporter = async (uri: string): Promise<Row> => {
  const port = 19_178;
  const other = spawn('prometheus-libvirt-exporter', [
    `--libvirt.uri=${uri}`,
    `--web.listen-address=127.0.0.1:${port}`,
  ]);
  const exited = once(other, 'exit');
  try {
    await using ours = await serving('--connect', uri, '--audit.min-interval', '0.001');
    await eventually('the other exporter answers', () =>
      scrape(port).then(({ status }) => status === 200 || undefined),
    );
    await scrape(ours.port);
    const times = { ours: [] as number[], other: [] as number[] };
    for (let round = 0; round < 9; round++) {
      times.other.push((await scrape(port)).milliseconds);
      times.ours.push((await scrape(ours.port)).milliseconds);
    }
    const [mine, its] = [median(times.ours), median(times.other)];
    return {
      what: `scrape that audits ${domains} running domains, test driver`,
      measured: ms(mine),
      against: `prometheus-libvirt-exporter ${ms(its)}`,
      figure: mine / its,
    };
  } finally {
    other.kill('SIGTERM');
    await exited;
  }
};

/** What a scrape costs: of a fresh snapshot, and with an audit in it. */
export const scraping = async (folder: string): Promise<Row[]> => {
  await using driver = await testDriver(
    Array.from({ length: domains }, (_, index) => ({ xml: domainXml(index, 'test') })),
  );
  const rows = [await againstExporter(driver.uri)];
  const rules = failingRules(folder, 6);
  const series = ['--metrics.max-finding-series', '100000'];
  await using server = await serving(
    '--connect',
    driver.uri,
    '--rules',
    rules,
    '--audit.min-interval',
    '3600',
    ...series,
  );
  const { bytes } = await scrape(server.port);
  const times = await steadyScrapes(server.port);
  await using bare = await sending(bytes);
  await scrape(bare.port);
  const least = await steadyScrapes(bare.port);
  const what = `scrape of a snapshot, ${domains} domains with 6 failing rules or more, ${perSecond} a second`;
  const measured = `median ${ms(median(times))}, p99 ${ms(percentile(times, 0.99))}`;
  const wire = `${(bytes / 1024).toFixed(0)} KiB on the wire`;
  rows.push({ what, measured, against: wire, figure: percentile(times, 0.99), target: 10, unit: ' ms' });
  rows.push({
    what: 'the same, p99',
    measured: ms(percentile(times, 0.99)),
    against: `a server that only sends as much ${ms(percentile(least, 0.99))}`,
    figure: percentile(times, 0.99) / percentile(least, 0.99),
  });
  return rows;
};
