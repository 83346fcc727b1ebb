import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { childrenOf } from './childrenOf.ts';
import { eventually, type Patience } from './eventually.ts';
import { mainModule } from './virtAudit.ts';

/** How a process is started: here, or inside a private libvirt. */
type Spawn = (command: string, args: readonly string[]) => ChildProcessWithoutNullStreams;

/** The value of each series of a page, by the series as it is written. */
export type Series = ReadonlyMap<string, number>;

/** A running `virt-audit serve`. */
export interface Exporter extends AsyncDisposable {
  readonly address: string;
  readonly process: ChildProcessWithoutNullStreams;
  /** What it has logged so far. */
  readonly log: readonly string[];
  /** Its auditor's process while there is one. */
  auditorPid(): number | undefined;
  /** Waits until the first audit has ended. */
  ready(): Promise<void>;
  /** One scrape, which Prometheus would give up after these seconds; throws where it is not answered with 200. */
  scrape(seconds?: number): Promise<string>;
  /** The same, as values. */
  series(seconds?: number): Promise<Series>;
  /** Scrapes until the series are as wanted. */
  waitFor(what: string, wanted: (series: Series) => boolean, patience?: Patience): Promise<Series>;
  /** Waits for a line of the log from `since` on. */
  logged(pattern: RegExp, since?: number): Promise<string>;
  /** SIGTERM; gives the exit code and how long that took. */
  stop(): Promise<{ code: number | null; milliseconds: number }>;
}

/** Of a machine that is busy with other things. */
const patient: Patience = { timeoutMs: 120_000, everyMs: 100 };

/** The samples of an exposition. */
export const seriesOf = (page: string): Series =>
  new Map(
    page
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => {
        const end = line.lastIndexOf(' ');
        return [line.slice(0, end), Number(line.slice(end + 1))] as const;
      }),
  );

/** Starts the built `virt-audit serve` on a port of its own. */
export const startExporter = async (args: readonly string[], start: Spawn = spawn): Promise<Exporter> => {
  const listen = ['--web.listen-address', '127.0.0.1:0'];
  const child = start(process.execPath, [mainModule, 'serve', ...listen, ...args]);
  const exited = once(child, 'exit');
  const log: string[] = [];
  createInterface(child.stderr).on('line', (line) => log.push(line));
  const logged = (pattern: RegExp, since = 0): Promise<string> =>
    eventually(`the log says ${pattern}`, () => log.slice(since).find((said) => pattern.test(said)), patient);
  // Not at its exit: why it has ended may be still on the way.
  const listening = await Promise.race([logged(/msg=listening/), once(child, 'close')]).catch((error) => {
    child.kill('SIGKILL');
    throw error;
  });
  const address = /address=(\S+)/.exec(String(listening))?.[1];
  if (address === undefined) throw new Error(`the exporter does not start: ${log.join('\n')}`);
  const scrape = async (seconds = 10): Promise<string> => {
    const headers = { 'X-Prometheus-Scrape-Timeout-Seconds': String(seconds) };
    const answer = await fetch(`http://${address}/metrics`, { headers });
    const text = await answer.text();
    if (answer.status !== 200) throw new Error(`${answer.status}: ${text}`);
    return text;
  };
  const withLog = async <T>(found: Promise<T>): Promise<T> => {
    try {
      return await found;
    } catch (cause) {
      throw new Error(`${(cause as Error).message}; the log ends with\n${log.slice(-8).join('\n')}`, { cause });
    }
  };
  const series = async (seconds?: number): Promise<Series> => seriesOf(await scrape(seconds));
  const stop = async () => {
    const since = performance.now();
    child.kill('SIGTERM');
    const [code] = await exited;
    return { code: code as number | null, milliseconds: performance.now() - since };
  };
  return {
    address,
    process: child,
    log,
    auditorPid: () => childrenOf(child.pid).at(-1),
    ready: () =>
      eventually('ready', async () => (await fetch(`http://${address}/-/ready`)).ok || undefined, patient).then(
        () => {},
      ),
    scrape,
    series,
    waitFor: (what, wanted, patience = patient) =>
      withLog(
        eventually(
          what,
          async () => {
            const now = await series();
            return wanted(now) ? now : undefined;
          },
          patience,
        ),
      ),
    logged,
    stop,
    [Symbol.asyncDispose]: async () => void (await stop()),
  };
};
