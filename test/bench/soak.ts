/**
 * `make soak`: at least 2,000 audits of a real libvirtd by `virt-audit serve`, with faults mixed in: domains come and go,
 * the daemon is killed and started again, and is stopped where it stands. Ends with 1 where the resident memory of
 * either process has grown by a tenth since the first 200 audits, or where an audit after a fault is not complete.
 */
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from '../real/eventually.ts';
import { startPrivateLibvirt } from '../real/privateLibvirt.ts';
import { mainModule } from '../real/virtAudit.ts';
import { domainXml } from './domainXml.ts';
import { median } from './statistics.ts';

const audits = Number(process.argv[2] ?? 2200);
const domains = 50;
/** Audits that are left out, and the share of the rest that is compared at the start and at the end. */
const warmUp = 200;
const window = 0.2;
const mostGrowth = 1.1;

const resident = (pid: number): number =>
  Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;

/** The auditor: the exporter's only child that is Node, where it has one just now. */
const childOf = (pid: number): number | undefined =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number)[0];

await using libvirt = await startPrivateLibvirt();
await libvirt.define(...Array.from({ length: domains }, (_, index) => domainXml(index)));
const exporter = libvirt.spawn(process.execPath, [
  mainModule,
  'serve',
  '--web.listen-address=127.0.0.1:0',
  '--audit.min-interval=0.001',
]);
const pid = exporter.pid ?? 0;
const ports = createInterface(exporter.stderr);
const said: string[] = [];
const port = await new Promise<string>((resolve) => {
  ports.on('line', (line) => {
    said.push(line);
    const found = /127\.0\.0\.1:(\d+)/.exec(line)?.[1];
    if (found !== undefined) resolve(found);
  });
});

const scrape = async (): Promise<string> => {
  const headers = { 'x-prometheus-scrape-timeout-seconds': '30' };
  const response = await fetch(`http://127.0.0.1:${port}/metrics`, { headers });
  const page = await response.text();
  if (response.status !== 200 && response.status !== 503) throw new Error(`${response.status}: ${page}`);
  return page;
};

const isComplete = async (): Promise<true | undefined> => {
  const page = await scrape();
  if (page.includes('virt_audit_audit_complete 1')) return true;
  const wrong = page.split('\n').filter((line) => /^virt_audit_(collector_success|domains_unaudited)/.test(line));
  throw new Error(`incomplete: ${wrong.join(', ')} ${said.slice(-3).join(' | ')}`);
};

let extra = domains;
/** What happens before an audit, by its number; the later of several that fall together. */
const faults: readonly { name: string; every: number; act: () => Promise<void> }[] = [
  { name: 'a domain added', every: 20, act: () => libvirt.define(domainXml(extra++)) },
  { name: 'a domain removed', every: 30, act: () => libvirt.undefine(`i-2-${extra - 1}-VM`).finally(() => extra--) },
  {
    name: 'the daemon killed and started',
    every: 170,
    act: async () => {
      await libvirt.kill();
      await scrape();
      await libvirt.restart();
    },
  },
  {
    name: 'the daemon stopped in an audit',
    every: 430,
    act: async () => {
      const scraped = scrape();
      await sleep(5);
      libvirt.pause();
      await scraped;
      libvirt.resume();
    },
  },
];

const seen: { parent: number; child: number }[] = [];
const counts = new Map<string, number>();
for (let audit = 1; audit <= audits; audit++) {
  const fault = faults.findLast(({ every }) => audit % every === 0);
  if (fault === undefined) await scrape();
  else {
    await fault.act();
    counts.set(fault.name, (counts.get(fault.name) ?? 0) + 1);
    await eventually(`a complete audit after ${fault.name}`, isComplete, { timeoutMs: 60_000 });
  }
  const child = childOf(pid);
  if (child !== undefined) seen.push({ parent: resident(pid), child: resident(child) });
  if (audit % 200 === 0) {
    process.stderr.write(`soak: ${audit} audits, ${JSON.stringify(seen.at(-1))}\n`);
  }
}
exporter.kill('SIGTERM');

const settled = seen.slice(warmUp);
const size = Math.floor(settled.length * window);
let grown = false;
for (const name of ['parent', 'child'] as const) {
  const values = settled.map((each) => each[name]);
  const [start, end] = [median(values.slice(0, size)), median(values.slice(-size))];
  grown ||= end > start * mostGrowth;
  process.stdout.write(
    `${name}: ${start.toFixed(1)} MiB, at the end ${end.toFixed(1)} MiB, ${(end / start).toFixed(3)}×\n`,
  );
}
process.stdout.write(`${audits} audits; ${[...counts].map(([name, count]) => `${name} ${count}×`).join(', ')}\n`);
if (grown) process.exitCode = 1;
