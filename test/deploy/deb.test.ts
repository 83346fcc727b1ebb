/** The Debian package, as `make deb` makes it: installed, run and removed in a minimal Debian that has no compiler. */
import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { v8Flags } from '../../src/auditor/v8Flags.ts';
import type { CompiledCatalogue } from '../../src/model/compiledCatalogue.ts';
import { catalogueFiles } from '../../src/sources/compiledCatalogue.ts';
import { rejectedCaches } from '../auditor/rejectedCaches.ts';
import { outputOf } from '../real/outputOf.ts';
import { realTest } from '../real/realTest.ts';
import { runCommand } from '../real/runCommand.ts';
import { supportedNodes } from '../real/supportedNodes.ts';
import { temporaryFolder } from '../real/temporaryFolder.ts';
import type { JsonReport } from '../real/virtAudit.ts';
import { debianRoot } from './debianRoot.ts';

const script = fileURLToPath(new URL('../../scripts/deb.sh', import.meta.url));
const timeoutMs = 600_000;

/** Runs a command in `root`, with a /proc of its own. */
const inside = (root: string) => (command: string, args: readonly string[]) =>
  runCommand(
    'unshare',
    [
      '--mount',
      '--pid',
      '--fork',
      `--root=${root}`,
      '--mount-proc',
      'env',
      '-i',
      'PATH=/usr/sbin:/usr/bin:/sbin:/bin',
      command,
      ...args,
    ],
    { timeoutMs },
  );

/** It brings the latest of the Nodes, and what the build has left for V8 is that one's own. */
const checkNode = async (root: string): Promise<void> => {
  const home = join(root, 'usr', 'lib', 'virt-audit');
  const catalogue = join(home, 'dist', 'catalogue');
  const node = join(home, 'node');
  const say = "process.version + ' ' + process.versions.v8";
  const [version, v8 = ''] = (await outputOf(node, ['-p', say])).trim().split(' ');
  assert.equal(version, `v${supportedNodes.at(-1)?.version}`);
  assert.deepEqual(rejectedCaches(catalogue, v8Flags(v8), node), [false, false]);
  const { v8Build } = JSON.parse(readFileSync(join(catalogue, catalogueFiles.data), 'utf8')) as CompiledCatalogue;
  assert.equal(v8Build, [v8, version, process.arch, statSync(node).size].join(' '));
  const copyright = readFileSync(join(root, 'usr', 'share', 'doc', 'virt-audit', 'copyright'), 'utf8');
  assert.match(copyright, /^Files: usr\/lib\/virt-audit\/node\n[\s\S]*^ Node\.js is licensed for use as follows:$/m);
};

/** All that is there, but for what dpkg keeps for itself, and devices, which are not unpacked. */
const contents = async (root: string): Promise<Set<string>> => {
  const apart = ['dev', 'var/lib/dpkg', 'var/log'].flatMap((path) => ['-path', `${root}/${path}`, '-prune', '-o']);
  return new Set((await outputOf('find', [root, ...apart, '-printf', '%P\n'])).split('\n'));
};

realTest('the package installs, runs without a compiler, and leaves nothing but settings', ['debian'], async () => {
  await using folder = await temporaryFolder();
  const deb = (await outputOf('sh', [script, folder.path], { timeoutMs })).trim();
  const root = await debianRoot(folder.path);
  const run = inside(root);
  const output = async (command: string, ...args: string[]): Promise<string> => outputOf(command, args, {}, run);
  const added = async (): Promise<string[]> => [...(await contents(root))].filter((path) => !before.has(path)).sort();

  for (const tool of ['cc', 'make', 'python3', 'npm', 'node']) {
    assert.notEqual((await run('sh', ['-c', `command -v ${tool}`])).code, 0, `${tool} is in the root`);
  }
  const before = await contents(root);
  await outputOf('cp', [deb, join(root, 'package.deb')]);
  await output('dpkg', '--install', '/package.deb');
  await outputOf('rm', [join(root, 'package.deb')]);

  assert.equal(await output('dpkg', '--verify', 'virt-audit'), '');
  await checkNode(root);
  assert.match(await output('virt-audit', '--version'), /^\d+\.\d+\.\d+$/m);
  const { code, stdout, stderr } = await run('virt-audit', [
    'check',
    '-c',
    'test:///default',
    '--root',
    '/',
    '--format',
    'json',
  ]);
  assert.ok([0, 1, 3].includes(code ?? -1), stderr);
  const { sources, summary } = JSON.parse(stdout) as JsonReport;
  // The binding is loaded, and libvirt's own test driver answers.
  assert.deepEqual(sources.find(({ name }) => name === 'libvirt')?.ok, true, stdout);
  assert.equal(summary.domains.running, 1);
  assert.match(await output('virt-audit', 'rules', 'list'), /guest-agent-channel/);
  assert.ok((await added()).includes('etc/systemd/system/multi-user.target.wants/virt-audit.service'));

  await output('dpkg', '--remove', 'virt-audit');
  // Whether it was enabled is kept for when it is installed again.
  const state = [/^etc\/systemd\/system\/multi-user\.target\.wants/, /^var\/lib\/systemd/];
  assert.deepEqual(
    (await added()).filter((path) => !state.some((kept) => kept.test(path))),
    ['etc/default/virt-audit', 'etc/virt-audit', 'etc/virt-audit/virt-audit.yaml'],
  );
  await output('dpkg', '--purge', 'virt-audit');
  assert.deepEqual(await added(), []);
});
