import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { eventually, type Patience } from './eventually.ts';
import { temporaryFolder } from './temporaryFolder.ts';

/** What Prometheus is to scrape, how often, and the rules it evaluates at the same pace. */
export interface PrometheusOptions {
  /** As `host:port`. */
  targets: readonly string[];
  /** Further keys of the job's scrape configuration. */
  scrape?: Readonly<Record<string, unknown>>;
  scrapeInterval?: string;
  /** The text of a rules file. */
  rules?: string;
}

/** One series and its value now. */
interface Sample {
  labels: Record<string, string>;
  value: number;
}

/** A real Prometheus on a loopback port of its own. */
export interface Prometheus extends AsyncDisposable {
  readonly url: string;
  /** The samples that an expression gives now, a scalar as one without labels; throws what Prometheus objects to. */
  query(promql: string): Promise<Sample[]>;
  /** Queries until the samples are as wanted, and returns them; two minutes by default. */
  waitFor(promql: string, wanted: (samples: Sample[]) => boolean, patience?: Patience): Promise<Sample[]>;
  stop(): Promise<void>;
}

type Value = [time: number, value: string];

/** https://prometheus.io/docs/prometheus/latest/querying/api/#instant-queries */
type Answer =
  | { status: 'error'; errorType: string; error: string }
  | { status: 'success'; data: { resultType: 'scalar'; result: Value } }
  | { status: 'success'; data: { resultType: 'vector'; result: { metric: Record<string, string>; value: Value }[] } };

const query = async (url: string, promql: string): Promise<Sample[]> => {
  const response = await fetch(`${url}/api/v1/query?${new URLSearchParams({ query: promql })}`);
  const answer = (await response.json()) as Answer;
  if (answer.status === 'error') throw new Error(`${promql}: ${answer.errorType}: ${answer.error}`);
  const { data } = answer;
  if (data.resultType === 'scalar') return [{ labels: {}, value: Number(data.result[1]) }];
  return data.result.map(({ metric, value }) => ({ labels: metric, value: Number(value[1]) }));
};

const configuration = (
  job: string,
  { targets, scrape = {}, scrapeInterval = '1s', rules }: PrometheusOptions,
): string =>
  // YAML takes JSON as it is.
  JSON.stringify({
    global: { scrape_interval: scrapeInterval, scrape_timeout: scrapeInterval, evaluation_interval: scrapeInterval },
    rule_files: rules === undefined ? [] : ['rules.yml'],
    scrape_configs: [{ job_name: job, static_configs: [{ targets }], ...scrape }],
  });

/** Starts Prometheus with one job, `virt-audit`; it ends with the test's process at the latest. */
export const startPrometheus = async (options: PrometheusOptions): Promise<Prometheus> => {
  const folder = await temporaryFolder();
  const config = join(folder.path, 'prometheus.yml');
  await writeFile(config, configuration('virt-audit', options));
  if (options.rules !== undefined) await writeFile(join(folder.path, 'rules.yml'), options.rules);

  const flags = [`--config.file=${config}`, `--storage.tsdb.path=${folder.path}/data`];
  const listen = '--web.listen-address=127.0.0.1:0';
  const child = spawn('setpriv', ['--pdeathsig', 'KILL', 'prometheus', ...flags, listen]);
  const closed = once(child, 'close');
  const log: string[] = [];
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await closed;
    await folder[Symbol.asyncDispose]();
  };
  const address = new Promise<string | undefined>((resolve) => {
    createInterface(child.stderr)
      .on('line', (line) => {
        log.push(line);
        // Port 0 is the kernel's choice, which only the log tells.
        const listening = /msg="Listening on" address=(\S+)/.exec(line);
        if (listening !== null) resolve(listening[1]);
      })
      .on('close', () => resolve(undefined));
  });
  try {
    const url = `http://${(await address) ?? 'nowhere'}`;
    await eventually('Prometheus is ready', async () => {
      if (child.exitCode !== null) return true;
      return (await fetch(`${url}/-/ready`)).ok ? true : undefined;
    });
    if (child.exitCode !== null) throw new Error(`prometheus ended with ${child.exitCode}`);
    return {
      url,
      query: (promql) => query(url, promql),
      waitFor: (promql, wanted, patience = { timeoutMs: 120_000 }) =>
        eventually(
          promql,
          async () => {
            const samples = await query(url, promql);
            return wanted(samples) ? samples : undefined;
          },
          { everyMs: 200, ...patience },
        ),
      stop,
      [Symbol.asyncDispose]: stop,
    };
  } catch (cause) {
    await stop();
    const errors = log.filter((line) => line.includes('level=error'));
    throw new Error(`Prometheus does not start: ${errors.join('\n')}`, { cause });
  }
};
