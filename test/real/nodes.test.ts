/** The built program on each Node.js that it supports: it says the same, to the byte, as on the one that the tests run on. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { v8Flags } from '../../src/auditor/v8Flags.ts';
import { timeless } from '../timeless.ts';
import { outputOf } from './outputOf.ts';
import { realTest } from './realTest.ts';
import { runCommand } from './runCommand.ts';
import { startExporter } from './startExporter.ts';
import { supportedNodes } from './supportedNodes.ts';
import { temporaryFolder } from './temporaryFolder.ts';
import { testDriver } from './testDriver.ts';
import { mainModule } from './virtAudit.ts';

const project = join(import.meta.dirname, '..', '..');
const sample = join(project, 'test', 'hosts', 'sample');
const installer = join(project, 'scripts', 'install-nodes.sh');

test('from the oldest that package.json allows, each even release line is tried', () => {
  const { engines } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')) as { engines: { node: string } };
  const versions = supportedNodes.map(({ version }) => version);
  assert.equal(engines.node, `>=${versions[0]?.replace(/\.0$/, '')}`);
  assert.deepEqual(
    versions.map((version) => Number.parseInt(version, 10)),
    [20, 22, 24, 26],
  );
});

/** The sample host: its domains in libvirt's test driver, which the compiled binding asks, its file system from a folder. */
const sampleHost = async () => {
  const domains = join(sample, 'domains');
  const files = (await readdir(domains)).filter((name) => name.endsWith('-VM.xml')).sort();
  const texts = await Promise.all(files.map((name) => readFile(join(domains, name), 'utf8')));
  // As scripts/demo.sh has it: of domains of the driver's own type nobody expects a state of channels.
  const driver = await testDriver(
    texts.map((text) => ({ xml: text.replace("<domain type='kvm'>", "<domain type='test'>") })),
  );
  return {
    evidence: ['--connect', driver.uri, '--root', join(sample, 'root')],
    [Symbol.asyncDispose]: driver[Symbol.asyncDispose],
  };
};

/** How a check ends on a Node, without times. */
const check = async (node: string, evidence: readonly string[]) => {
  const { code, stdout, stderr } = await runCommand(node, [mainModule, 'check', ...evidence, '--format', 'json']);
  return { code, stdout: timeless(stdout), stderr };
};

const checkServing = async (node: string, evidence: readonly string[]): Promise<void> => {
  const flags = v8Flags(await outputOf(node, ['-p', 'process.versions.v8']));
  assert.ok(flags.length > 0, 'a V8 that nobody has tried: extend v8Flags.ts');
  await using exporter = await startExporter(evidence, (_, args) => spawn(node, args));
  await exporter.ready();
  const series = await exporter.series();
  assert.equal(series.get('virt_audit_audit_complete'), 1);
  assert.equal(series.get('virt_audit_domains{state="running"}'), 6);
  const auditor = (await readFile(`/proc/${exporter.auditorPid()}/cmdline`, 'utf8')).split('\0');
  assert.deepEqual(auditor.slice(0, 1 + flags.length), [node, ...flags]);
  assert.equal((await exporter.stop()).code, 0);
  assert.deepEqual(
    exporter.log.filter((line) => !/^time=\S+ level=INFO msg=/.test(line)),
    [],
  );
};

realTest('on every Node.js that is supported, the program says the same', ['nodes'], async (context) => {
  await using folder = await temporaryFolder();
  await using host = await sampleHost();
  const bundle = join(folder.path, 'host.json.gz');
  await outputOf(process.execPath, [mainModule, 'collect', ...host.evidence, '--output', bundle]);
  const reports = await Promise.all(
    [host.evidence, ['--from', bundle]].map(async (evidence) => {
      const expected = await check(process.execPath, evidence);
      assert.deepEqual([expected.code, expected.stderr], [1, '']);
      return { evidence, expected };
    }),
  );
  for (const { version, folder, path } of supportedNodes) {
    await context.test(version, async () => {
      await outputOf('sh', [installer, folder], { timeoutMs: 900_000 });
      assert.equal((await outputOf(path, ['--version'])).trim(), `v${version}`);
      for (const { evidence, expected } of reports) assert.deepEqual(await check(path, evidence), expected);
      await checkServing(path, host.evidence);
    });
  }
});
