import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { collect } from '../../src/sources/collect.ts';
import { probeAgents } from '../../src/sources/libvirt/probeAgents.ts';

const uri = 'test:///default';

/** Puts a program in virsh's place for as long as the test runs, and tells the folder that it lies in. */
const inPlaceOfVirsh = (context: TestContext, script: string | undefined): string => {
  const folder = mkdtempSync(join(tmpdir(), 'virt-audit-test-'));
  if (script !== undefined) writeFileSync(join(folder, 'virsh'), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  const path = process.env.PATH;
  process.env.PATH = script === undefined ? folder : `${folder}${delimiter}${path}`;
  context.after(() => {
    process.env.PATH = path;
    rmSync(folder, { recursive: true });
  });
  return folder;
};

const targets = (count: number) =>
  Promise.resolve(Array.from({ length: count }, (_, index) => ({ name: `vm${index}`, uuid: String(index) })));

/** What came of asking, as `[domain, answers]`, and why the source failed. */
const probed = async (count: number, milliseconds: number, answered = () => {}) => {
  const source = probeAgents(uri, targets(count), milliseconds);
  const { documents, sources } = await collect('agents', (emit, wait) =>
    source((document) => {
      answered();
      emit(document);
    }, wait),
  );
  const said = documents.map((document): [string, Record<string, { error?: string }>] =>
    document.kind === 'agent' ? [document.name, JSON.parse(document.text)] : ['', {}],
  );
  return { said: said.sort(([a], [b]) => a.localeCompare(b)), reason: sources[0]?.reason };
};

const list = '{"return":{"supported_commands":[{"name":"guest-fsfreeze-status","enabled":true}]}}';

test('two commands that read, and none that the agent does not offer', async (context) => {
  const question = 'qemu-agent-command --timeout 5';
  inPlaceOfVirsh(
    context,
    `case "$*" in
      '--connect ${uri} ${question} 0 {"execute":"guest-info"}') echo '${list}' ;;
      '--connect ${uri} ${question} 0 {"execute":"guest-fsfreeze-status"}') echo '{"return":"thawed"}' ;;
      '--connect ${uri} ${question} 1 {"execute":"guest-info"}') echo '{"return":{}}' ;;
      *) echo '{"return":"unexpected"}' ;;
    esac`,
  );
  const { said, reason } = await probed(2, 60_000);
  assert.equal(reason, undefined);
  assert.deepEqual(said, [
    ['vm0', { 'guest-info': JSON.parse(list), 'guest-fsfreeze-status': { return: 'thawed' } }],
    ['vm1', { 'guest-info': { return: {} } }],
  ]);
});

test('what hangs is killed, and what there is no time for is said', async (context) => {
  const started = join(inPlaceOfVirsh(context, 'echo $$ >> "$(dirname "$0")/started"; exec sleep 60'), 'started');
  writeFileSync(started, '');
  // Time passes only while the first of them hang: it takes a busy machine some to start them.
  let now = 0;
  context.mock.method(performance, 'now', () => now);
  const { said, reason } = await probed(6, 200, () => {
    now = 1200;
  });
  for (const pid of readFileSync(started, 'utf8').split('\n').filter(Boolean))
    assert.throws(() => process.kill(Number(pid), 0), { code: 'ESRCH' }, 'one that hung is left');
  assert.deepEqual(
    said.map(([, answers]) => answers['guest-info']?.error),
    [...Array(4).fill('virsh did not end within 1 s'), ...Array(2).fill('no time was left to ask its agent')],
  );
  assert.equal(reason, '2 of 6 agents not asked for want of time; raise --timeout');
});

test('a domain that has ended since is none of ours', async (context) => {
  inPlaceOfVirsh(context, `echo "error: failed to get domain '0'" >&2; exit 1`);
  assert.deepEqual(await probed(1, 60_000), { said: [], reason: undefined });
});

test('a connection that is refused fails the source, and leaves every agent unasked', async (context) => {
  inPlaceOfVirsh(
    context,
    `printf 'error: failed to connect to the hypervisor\\nerror: authentication unavailable\\n' >&2; exit 1`,
  );
  const why = `${uri}: authentication unavailable; run as root or as a member of the group libvirt`;
  const { said, reason } = await probed(6, 60_000);
  assert.deepEqual(
    said.map(([, answers]) => answers),
    Array(6).fill({ 'guest-info': { error: why } }),
  );
  assert.equal(reason, why);
});

test('without virsh', async (context) => {
  inPlaceOfVirsh(context, undefined);
  const { reason } = await probed(1, 60_000);
  assert.equal(reason, 'virsh is not installed, and only it can ask guest agents; apt install libvirt-clients');
});
