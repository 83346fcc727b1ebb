import { join } from 'node:path';
import { v8Flags } from '../../src/auditor/v8Flags.ts';
import { outputOf } from '../real/outputOf.ts';
import { startPrivateLibvirt } from '../real/privateLibvirt.ts';
import { auditing } from './auditing.ts';
import { domainXml } from './domainXml.ts';
import { rounds } from './rounds.ts';
import { ms, type Row } from './row.ts';
import { median } from './statistics.ts';

const domains = 1000;
const readOnly = 'qemu:///system?socket=/run/libvirt/libvirt-sock-ro';

/** Compiles the C program into a folder. */
const buildLimit = async (folder: string): Promise<string> => {
  const program = join(folder, 'limit');
  const flags = (await outputOf('pkg-config', ['--cflags', '--libs', 'libvirt'])).trim().split(/\s+/);
  await outputOf('gcc', ['-O2', '-Wall', '-Werror', '-o', program, join(import.meta.dirname, 'limit.c'), ...flags]);
  return program;
};

/** On a real libvirtd with 1,000 defined domains, in turns: the C program, first and steady audits, and a virsh loop. */
export const againstLimit = async (folder: string): Promise<Row[]> => {
  const program = await buildLimit(folder);
  await using libvirt = await startPrivateLibvirt();
  await libvirt.define(...Array.from({ length: domains }, (_, index) => domainXml(index)));
  await using limit = rounds(libvirt.spawn(program, [readOnly]));
  await using audits = auditing(libvirt.spawn, 'qemu:///system');
  const inC = async (): Promise<number> => Number((await limit.ask('')).split(' ')[0]);
  const inNewProcess = async (script: string, uri: string): Promise<number> => {
    const env = { ...process.env, UV_THREADPOOL_SIZE: '16', LC_ALL: 'C' };
    const args = [...v8Flags(process.versions.v8), '--import', 'tsx', join(import.meta.dirname, script), uri];
    return Number((await libvirt.run(process.execPath, args, { env })).stdout);
  };
  const times = {
    // Of each kind of rounds its own: the machine's speed changes, and what is held against each other runs in turns.
    cBesideFirst: [] as number[],
    cBesideSteady: [] as number[],
    least: [] as number[],
    compiled: [] as number[],
    first: [] as number[],
    steady: [] as number[],
    rendered: [] as number[],
  };
  for (let round = 0; round < 11; round++) {
    times.cBesideFirst.push(await inC());
    times.least.push(await inNewProcess('least.ts', readOnly));
    times.compiled.push(await inNewProcess('compiled.ts', 'qemu:///system'));
    const first = await audits.audit('first');
    if (first.domains !== domains) throw new Error(`${first.domains} domains audited`);
    times.first.push(first.milliseconds);
  }
  // An exporter's process lives for weeks: what V8 has yet to compile in its first audits is counted as theirs.
  for (let early = 0; early < 10; early++) await audits.audit('steady');
  for (let round = 0; round < 28; round++) {
    times.cBesideSteady.push(await inC());
    times.steady.push((await audits.audit('steady')).milliseconds);
    if (round % 4 === 0) times.rendered.push((await audits.audit('rendered')).milliseconds);
  }
  const began = performance.now();
  const script = 'for name in $(virsh -r list --all --name); do virsh -r dumpxml "$name" >/dev/null; done';
  await libvirt.run('sh', ['-c', script], { timeoutMs: 600_000 });
  const loop = performance.now() - began;
  const steady = median(times.steady);
  const besideFirst = median(times.cBesideFirst);
  const besideSteady = median(times.cBesideSteady);
  const againstFirst = `C program ${ms(besideFirst)}`;
  const againstSteady = `C program ${ms(besideSteady)}`;
  return [
    {
      what: `steady audit, ${domains} defined domains`,
      measured: ms(steady),
      against: againstSteady,
      figure: steady / besideSteady,
      target: 1.3,
    },
    {
      what: `first audit, ${domains} defined domains`,
      measured: ms(median(times.first)),
      against: againstFirst,
      figure: median(times.first) / besideFirst,
      target: 3.5,
    },
    {
      what: 'the least of a first audit: to read, and to call each clause once',
      measured: ms(median(times.least)),
      against: againstFirst,
      figure: median(times.least) / besideFirst,
    },
    {
      what: 'a first audit’s work once V8 has compiled it',
      measured: ms(median(times.compiled)),
      against: againstFirst,
      figure: median(times.compiled) / besideFirst,
    },
    {
      what: 'steady audit with metrics and page rendered',
      measured: ms(median(times.rendered)),
      against: againstSteady,
      figure: median(times.rendered) / besideSteady,
    },
    { what: 'steady audit', measured: ms(steady), against: `virsh dumpxml loop ${ms(loop)}`, figure: steady / loop },
  ];
};
