import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { JsonReport } from '../virtAudit.ts';
import type { HostState } from './states.ts';

/** What virt-audit said. */
export interface Audit {
  readonly code: number;
  readonly report: JsonReport;
}

/** What happened to a domain that was to be started. */
export interface Start {
  /** libvirt's message where it did not start. */
  readonly refusal: string | undefined;
  /** The model and label of each seclabel in its live XML. */
  readonly seclabels: Readonly<Record<string, string>>;
  /** QEMU's `/proc/PID/attr/current`; undefined where none ran. */
  readonly label: string | undefined;
  /** Mode and owner of the channel's socket; undefined where there was none. */
  readonly socket: string | undefined;
}

/** What was seen in a state of the host. */
export interface Observation {
  readonly state: HostState;
  /** Before anything was started. */
  readonly before: Audit;
  /** While what could be started ran; undefined where virt-audit was not asked. */
  readonly running: Audit | undefined;
  /** The profiles that the kernel had loaded. */
  readonly profiles: string;
  /** The security drivers that libvirt named. */
  readonly secmodels: readonly string[];
  readonly starts: ReadonlyMap<string, Start>;
}

const textOf = (path: string): Promise<string | undefined> => readFile(path, 'utf8').catch(() => undefined);

const readAudit = async (folder: string, name: string): Promise<Audit> => {
  const text = await readFile(join(folder, `${name}.json`), 'utf8');
  const code = Number(await readFile(join(folder, `${name}.code`), 'utf8'));
  if (text === '') throw new Error(`no report, exit ${code}: ${await textOf(join(folder, `${name}.stderr`))}`);
  return { code, report: JSON.parse(text) as JsonReport };
};

const readStart = async (folder: string, name: string): Promise<Start> => {
  const file = (suffix: string) => textOf(join(folder, `${name}.${suffix}`));
  const xml = (await file('xml')) ?? '';
  const labels = xml.matchAll(/<seclabel [^>]*model='([^']*)'[^>]*>\s*<label>([^<]*)<\/label>/g);
  return {
    refusal: (await file('code'))?.trim() === '0' ? undefined : (await file('start'))?.trim(),
    seclabels: Object.fromEntries([...labels].map(([, model = '', label = '']) => [model, label])),
    label: (await file('label'))?.trim(),
    socket: (await file('socket'))?.trim(),
  };
};

/**
 * Reads what init.sh wrote about one state.
 *
 * @param results the folder of all states, numbered in their order
 */
export const readObservation = async (results: string, state: HostState, index: number): Promise<Observation> => {
  const folder = join(results, `${index}-${state.name}`);
  const capabilities = await readFile(join(folder, 'capabilities'), 'utf8');
  const starts = new Map<string, Start>();
  for (const { name } of state.domains) starts.set(name, await readStart(folder, name));
  return {
    state,
    before: await readAudit(folder, 'before'),
    running: state.auditRunning ? await readAudit(folder, 'running') : undefined,
    profiles: await readFile(join(folder, 'profiles'), 'utf8'),
    secmodels: [...capabilities.matchAll(/<secmodel>\s*<model>([^<]*)/g)].map(([, model = '']) => model),
    starts,
  };
};
