import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Series, seriesOf } from '../startExporter.ts';

/** Lines of names and values, as in /proc/PID/status or of `systemctl show`. */
export type Properties = Readonly<Record<string, string>>;

/** What observe.sh wrote. */
export interface Observation {
  /** A file of it; empty where there is none. */
  text(name: string): Promise<string>;
  series(name: string): Promise<Series>;
  /** Of `systemctl show`, taken at some moment. */
  unit(moment: string): Promise<Properties>;
  /** Of the probe: what could be done, and what not. */
  probe(where: 'inside' | 'outside'): Promise<Properties>;
  /** The directories that whatever runs in the unit's sandbox may write to. */
  writable(): Promise<readonly string[]>;
  /** /proc/PID/status of each process of the service. */
  processes(): Promise<readonly Properties[]>;
}

const propertiesOf = (text: string, separator: RegExp): Properties =>
  Object.fromEntries(
    text
      .split('\n')
      .filter((line) => separator.test(line))
      .map((line) => {
        const [name = '', ...value] = line.split(separator);
        return [name, value.join(' ').trim()];
      }),
  );

/** Reads what observe.sh wrote into a folder. */
export const readObservation = (folder: string): Observation => {
  const text = (name: string): Promise<string> => readFile(join(folder, name), 'utf8').catch(() => '');
  return {
    text,
    series: async (name) => seriesOf(await text(name)),
    unit: async (moment) => propertiesOf(await text(moment), /=/),
    probe: async (where) => propertiesOf(await text(where), /: /),
    writable: async () => [...(await text('inside')).matchAll(/^writable (.*)$/gm)].map(([, path = '']) => path).sort(),
    processes: async () => {
      const pids = await readdir(join(folder, 'processes'));
      return Promise.all(pids.map(async (pid) => propertiesOf(await text(`processes/${pid}`), /:\s+/)));
    },
  };
};
