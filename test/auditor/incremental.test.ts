/** An audit that goes on from the last one does nothing twice, and finds what an audit from scratch finds. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { audit } from '../../src/auditor/audit.ts';
import { type AuditMemory, createAuditMemory } from '../../src/auditor/auditMemory.ts';
import { loadRuleset, type Ruleset } from '../../src/auditor/loadRuleset.ts';
import type { Report } from '../../src/model/report.ts';
import { Random } from '../apparmor/random.ts';
import { seed } from '../apparmor/seed.ts';
import { temporaryFolder } from '../real/temporaryFolder.ts';
import { ChangingHost, change } from './changingHost.ts';

const selection = { rules: [], tags: [], only: [], skip: [] };
const ruleset = await loadRuleset(selection);
const fewer = await loadRuleset({ ...selection, tags: ['before-upgrade'] });

const run = (host: ChangingHost, memory: AuditMemory, rules: Ruleset = ruleset): Promise<Report> =>
  audit({ ...selection, domains: [host.domains], root: host.root, timeout: 1000 }, rules, () => new Date(0), memory);

/** Times are all that may differ. */
const text = ({ seconds: _, ...report }: Report): string =>
  JSON.stringify({ ...report, sources: report.sources.map((source) => ({ ...source, seconds: 0 })) }, null, 1);

/** Counts what an audit does. */
const counting = () => {
  const done = { parsed: [] as string[], judged: new Map<string, Set<string>>(), loaded: 0 };
  const memory = createAuditMemory({
    parsed: (domain) => done.parsed.push(domain.replace(/.*\//, '')),
    judged: (rule, target) => done.judged.set(target, (done.judged.get(target) ?? new Set()).add(rule)),
    loaded: () => {
      done.loaded += 1;
    },
  });
  const since = () => {
    const seen = { ...done, judged: new Map(done.judged) };
    Object.assign(done, { parsed: [], loaded: 0 });
    done.judged.clear();
    return seen;
  };
  return { memory, since };
};

/** Audits twice without a change, changes something, and tells what the next audit does. */
const doneAfter = async (act: (host: ChangingHost) => void, rules?: Ruleset) => {
  await using folder = await temporaryFolder();
  const host = new ChangingHost(folder.path);
  const { memory, since } = counting();
  await run(host, memory);
  const first = since();
  assert.ok(first.parsed.length > 4 && first.judged.size > 5 && first.loaded === 1);
  await run(host, memory);
  const second = since();
  assert.deepEqual([second.parsed, second.judged.size, second.loaded], [[], 0, 0]);
  act(host);
  await run(host, memory, rules);
  return since();
};

const reads = (id: string, place: string): boolean =>
  ruleset.rules.some(
    ({ info, when, assert: wanted }) =>
      info.id === id &&
      [...(when?.touches ?? []), ...wanted.touches].some((at) => `/${at.join('/')}`.startsWith(place)),
  );

/** Each change, and whose rules the next audit may judge by, and must by at least one. */
describe('what changed is done again, and nothing else', () => {
  test('one definition: only that is parsed and judged', async () => {
    const { parsed, judged, loaded } = await doneAfter((host) => host.edit('i-2-10-VM.xml', 'qcow2', 'raw'));
    assert.deepEqual([parsed, [...judged.keys()], loaded], [['i-2-10-VM.xml'], ['i-2-10-VM'], 0]);
  });

  test('one more domain, which shares a socket path: of the other only what reads sockets', async () => {
    const { parsed, judged } = await doneAfter((host) =>
      host.define(
        'new-VM.xml',
        `<domain type='kvm'><name>new</name><uuid>22222222-6f0e-4c55-9c9b-0d4c2f0a7a03</uuid><devices><channel type='unix'>
        <source mode='bind' path='/var/lib/libvirt/qemu/v-215-VM.vport'/><target type='virtio' name='x'/></channel></devices></domain>`,
      ),
    );
    assert.deepEqual(parsed, ['new-VM.xml']);
    assert.deepEqual([...judged.keys()].sort(), ['new', 'v-215-VM']);
    const again = [...(judged.get('v-215-VM') ?? [])];
    assert.ok(again.includes('channel-socket-path-unshared'));
    assert.deepEqual(
      again.filter((id) => !reads(id, '/sockets')),
      [],
    );
  });

  test('a domain less: nothing', async () => {
    const { parsed, judged } = await doneAfter((host) => host.undefine('i-2-10-VM.xml'));
    assert.deepEqual([parsed, judged.size], [[], 0]);
  });

  test('qemu.conf: rules that read what it says, on domains and host, and nothing is parsed', async () => {
    const { parsed, judged, loaded } = await doneAfter((host) =>
      host.write('etc/libvirt/qemu.conf', 'user = "somebody"\ngroup = "somebody"\n'),
    );
    assert.deepEqual([parsed, loaded], [[], 0]);
    const rules = [...new Set([...judged.values()].flatMap((ids) => [...ids]))];
    assert.ok(rules.length > 0);
    assert.deepEqual(
      rules.filter((id) => !reads(id, '/host')),
      [],
    );
  });

  test('a policy file: loaded once, and sockets judged by it', async () => {
    const { parsed, judged, loaded } = await doneAfter((host) =>
      host.write('etc/apparmor.d/local/usr.sbin.libvirtd', 'deny /var/lib/libvirt/qemu/** w,\n'),
    );
    assert.deepEqual([parsed, loaded], [[], 1]);
    assert.ok(judged.get('v-215-VM')?.has('apparmor-channel-socket-writable'));
    assert.ok(!judged.get('v-215-VM')?.has('guest-agent-channel'));
  });

  test('a file that is no policy: policy stays', async () => {
    const { loaded } = await doneAfter((host) => host.write('proc/900/comm', 'qemu-system-x86\n'));
    assert.equal(loaded, 0);
  });

  test('other rules: all of them judge, and nothing is parsed', async () => {
    const { parsed, judged, loaded } = await doneAfter(() => {}, fewer);
    assert.deepEqual([parsed, loaded], [[], 0]);
    assert.ok(judged.size > 5);
    // What the first domain does not differ in from the second is not judged again.
    const wanted = fewer.rules.map(({ info }) => info.id);
    assert.deepEqual([...new Set([...judged.values()].flatMap((ids) => [...ids]))].sort(), wanted.sort());
  });

  test('what was gone for one audit is forgotten', async () => {
    await using folder = await temporaryFolder();
    const host = new ChangingHost(folder.path);
    const { memory, since } = counting();
    host.define('a-VM.xml', '<domain><name>a</name></domain>');
    await run(host, memory);
    host.undefine('a-VM.xml');
    await run(host, memory);
    since();
    host.define('a-VM.xml', '<domain><name>a</name></domain>');
    await run(host, memory);
    assert.deepEqual(since().parsed, ['a-VM.xml']);
  });
});

test('after any changes, the report is the one of an audit from scratch', async (context) => {
  context.diagnostic(`VIRT_AUDIT_SEED=${seed}`);
  await using folder = await temporaryFolder();
  const host = new ChangingHost(folder.path);
  const random = new Random(seed);
  const memory = createAuditMemory();
  const steps: string[] = [];
  for (let round = 0; round < 80; round++) {
    change(host, random);
    const rules = random.chance(0.1) ? fewer : ruleset;
    const incremental = text(await run(host, memory, rules));
    const scratch = text(await run(host, createAuditMemory(), rules));
    steps.push(scratch);
    assert.equal(incremental, scratch, `round ${round}`);
  }
  assert.ok(new Set(steps).size > 40, 'the changes change the report');
});
