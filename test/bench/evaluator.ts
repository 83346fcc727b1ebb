/**
 * Loads libvirt's policy tree and decides 1,000 questions, against the real apparmor_parser that compiles the same file. Both
 * run in turn, in one run, so that what counts, the ratio, is of one machine at one time. Prints the figures; asserts nothing.
 */
import { spawnSync } from 'node:child_process';
import { type Access, loadPolicy } from '../../src/apparmor/index.ts';
import { diskSource } from '../apparmor/diskSource.ts';
import { Random } from '../apparmor/random.ts';
import { seed } from '../apparmor/seed.ts';

const base = '/etc/apparmor.d';
const file = `${base}/usr.sbin.libvirtd`;
const rounds = 9;
const questions = 1_000;
const accesses: readonly Access[] = ['r', 'w', 'a', 'l', 'k', 'm', 'x'];
const folders = [
  '/var/lib/libvirt/qemu',
  '/run/libvirt/qemu/channel',
  '/etc/apparmor.d/libvirt',
  '/usr/lib/x86_64',
  '/srv/a/b',
];

const milliseconds = (work: () => void): number => {
  const started = performance.now();
  work();
  return performance.now() - started;
};

const median = (figures: readonly number[]): number => [...figures].sort((a, b) => a - b)[figures.length >> 1] ?? 0;

const random = new Random(seed);
const asked = Array.from({ length: questions }, (_, index) => ({
  profile: 'libvirtd',
  path: `${random.pick(folders)}/i-${index}-VM.org.qemu.guest_agent.0`,
  access: random.pick(accesses),
  owner: random.chance(0.5),
}));

/** From reading the policy to the last answer. */
const ours = (files: readonly string[] | undefined): void => {
  const policy = loadPolicy(diskSource, files === undefined ? { base } : { base, files });
  for (const question of asked) {
    const { decision } = policy.decide(question);
    if (decision === 'unknown') throw new Error(`unknown: ${JSON.stringify(question)}`);
  }
};

const theirs = (): void => {
  const { status, stderr } = spawnSync('apparmor_parser', ['-Q', '-K', '-S', '-b', base, file], { maxBuffer: 2 ** 28 });
  if (status !== 0) throw new Error(stderr.toString());
};

const figures = Array.from({ length: rounds }, () => ({
  same: milliseconds(() => ours([file])),
  all: milliseconds(() => ours(undefined)),
  parser: milliseconds(theirs),
}));
const parser = median(figures.map((figure) => figure.parser));
const line = (name: string, figure: number): string =>
  `${name.padEnd(72)} ${figure.toFixed(0).padStart(6)} ms, ${(figure / parser).toFixed(2)} of apparmor_parser's time\n`;
process.stdout.write(`apparmor_parser -Q -K -S ${file}: ${parser.toFixed(0)} ms, median of ${rounds}\n`);
process.stdout.write(
  line(`the same file and ${questions} questions, in a new process's first round`, figures[0]?.same ?? 0),
);
process.stdout.write(line(`the same file and ${questions} questions, median`, median(figures.map(({ same }) => same))));
process.stdout.write(
  line(`every profile below ${base} and ${questions} questions, median`, median(figures.map(({ all }) => all))),
);
