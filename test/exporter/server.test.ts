import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { hashSync } from 'bcryptjs';
import { pagePolicy } from '../../src/exporter/page.ts';
import { createProcessMetrics } from '../../src/exporter/processMetrics.ts';
import { createSnapshot } from '../../src/exporter/snapshot.ts';
import { openWeb } from '../../src/exporter/webConfig.ts';
import { program } from '../../src/model/program.ts';
import { sampleSnapshot, startDoorway } from './startDoorway.ts';
import { textOf } from './textOf.ts';

const snapshot = await sampleSnapshot();

const plain = 'text/plain; charset=utf-8';
const html = 'text/html; charset=utf-8';
const metrics = 'text/plain; version=0.0.4; charset=utf-8';

const answers: readonly { path: string; after: [number, string, RegExp]; before: [number, string, RegExp] }[] = [
  { path: '/metrics', after: [200, metrics, /^virt_audit_libvirt_up 1\n# HELP /], before: [503, plain, /first audit/] },
  { path: '/metrics?x=1', after: [200, metrics, /^virt_audit_libvirt_up 1\n/], before: [503, plain, /first audit/] },
  {
    path: 'http://host/metrics',
    after: [200, metrics, /^virt_audit_libvirt_up 1\n/],
    before: [503, plain, /first audit/],
  },
  {
    path: '/',
    after: [200, html, /^<p>ü 90 seconds ago<\/p>$/],
    before: [200, html, /The first audit has not ended yet/],
  },
  { path: '/-/healthy', after: [200, plain, /healthy/], before: [200, plain, /healthy/] },
  { path: '/-/ready', after: [200, plain, /ready/], before: [503, plain, /first audit/] },
  ...[
    '/nothing',
    '/metrics/',
    '//metrics',
    '/../metrics',
    '/..%2fmetrics',
    '/http://host/metrics',
    'http://host/a/../metrics',
    '/%2e%2e/%2e%2e/etc/passwd',
    '*',
  ].map((path): { path: string; after: [number, string, RegExp]; before: [number, string, RegExp] } => ({
    path,
    after: [404, plain, /^Not found\.\n$/],
    before: [404, plain, /^Not found\.\n$/],
  })),
];

for (const when of ['before', 'after'] as const) {
  describe(`${when} the first audit`, () => {
    for (const {
      path,
      [when]: [status, type, body],
    } of answers) {
      test(`${path}: ${status}`, async (context) => {
        const last = when === 'after' ? snapshot : undefined;
        const { get } = await startDoorway(context, { last, now: 90_000 });
        const got = await get(path);
        assert.equal(got.status, status);
        assert.equal(got.headers['content-type'], type);
        assert.match(got.body.toString(), body);
        assert.equal(Number(got.headers['content-length']), got.body.length);
        const policy = type === html ? pagePolicy : "default-src 'none'; frame-ancestors 'none'";
        assert.equal(got.headers['content-security-policy'], policy);
        assert.equal(got.headers['x-content-type-options'], 'nosniff');
        const head = await get(path, { method: 'HEAD' });
        assert.deepEqual([head.status, head.body.length, head.headers['content-type']], [status, 0, type]);
      });
    }
  });
}

test('while no audit has given a result: why the last one did not, on one line and without markup', async (context) => {
  const { get } = await startDoorway(context, { failure: 'the audit did not end within 1 s <b>\nat all' });
  const said = 'No audit has given a result yet. The last one: the audit did not end within 1 s';
  for (const path of ['/metrics', '/-/ready']) {
    const { status, body } = await get(path);
    assert.deepEqual([status, body.toString()], [503, `${said} <b> at all\n`]);
  }
  assert.match((await get('/')).body.toString(), new RegExp(`<p>${said} &lt;b&gt; at all</p>`));
});

test('the page of an audit since which all failed says so', async (context) => {
  const last = await createSnapshot('', '<p><!--age--></p><!--failure--><main>', 0);
  const { get } = await startDoorway(context, { last, now: 90_000, failure: 'the audit did not end <b>\nin time' });
  for (const headers of [{}, { 'accept-encoding': 'gzip' }]) {
    const { body } = await get('/', { headers });
    const page = 'accept-encoding' in headers ? gunzipSync(body) : body;
    assert.equal(
      page.toString(),
      '<p>90 seconds ago</p>\n<p><span class="mark failed">No audit since then has given a result.</span> ' +
        'The last one: the audit did not end &lt;b&gt; in time</p><main>',
    );
  }
});

describe('only to read', () => {
  for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH']) {
    test(`${method} is refused, and no audit starts`, async (context) => {
      const { get, patience } = await startDoorway(context, { last: snapshot });
      const { status, headers } = await get('/metrics', { method });
      assert.deepEqual([status, headers.allow], [405, 'GET, HEAD']);
      assert.deepEqual(patience, []);
    });
  }
});

describe('gzip', () => {
  const cases = [
    { accepts: 'gzip', gzip: true },
    { accepts: 'deflate, gzip;q=1.0, *;q=0.5', gzip: true },
    { accepts: 'GZIP ; q=0.001', gzip: true },
    { accepts: 'gzip;q=0', gzip: false },
    { accepts: 'gzip;q=0.000, identity', gzip: false },
    { accepts: 'br', gzip: false },
    { accepts: 'notgzip', gzip: false },
    { accepts: undefined, gzip: false },
  ];
  for (const { accepts, gzip } of cases) {
    test(`${accepts}: ${gzip ? 'compressed' : 'as it is'}`, async (context) => {
      const { get } = await startDoorway(context, { last: snapshot });
      const headers = accepts === undefined ? {} : { 'accept-encoding': accepts };
      for (const [path, start] of [
        ['/metrics', 'virt_audit_libvirt_up 1\n# HELP '],
        ['/', '<p>ü 0 seconds ago</p>'],
      ] as const) {
        const got = await get(path, { headers });
        assert.equal(got.headers['content-encoding'], gzip ? 'gzip' : undefined);
        assert.equal(got.headers.vary, 'accept-encoding');
        assert.equal((gzip ? gunzipSync(got.body) : got.body).toString().startsWith(start), true);
      }
    });
  }
});

test('a scrape waits as long as Prometheus says, less half a second; a person less', async (context) => {
  const { get, patience } = await startDoorway(context, { last: snapshot });
  await get('/metrics', { headers: { 'X-Prometheus-Scrape-Timeout-Seconds': '3' } });
  await get('/metrics');
  await get('/');
  assert.deepEqual(patience, [2500, 9500, 1000]);
});

test('the metrics may have another path; the page then leads there', async (context) => {
  const { get } = await startDoorway(context, { telemetryPath: '/telemetry' });
  assert.equal((await get('/telemetry')).status, 503);
  assert.equal((await get('/metrics')).status, 404);
  assert.match((await get('/')).body.toString(), /<a href="\/telemetry">/);
});

test('headers of the web configuration are added, and win', async (context) => {
  const headers = { 'strict-transport-security': 'max-age=1', 'content-security-policy': "default-src 'self'" };
  const { get } = await startDoorway(context, { last: snapshot, web: { headers } });
  const got = await get('/');
  assert.equal(got.headers['strict-transport-security'], 'max-age=1');
  assert.equal(got.headers['content-security-policy'], "default-src 'self'");
});

test('after a reload the next request is served by the new configuration', async (context) => {
  const { get, replace } = await startDoorway(context, { last: snapshot });
  assert.equal((await get('/metrics')).status, 200);
  // A hash that no password has.
  replace({ ...openWeb, users: { alice: `$2b$04$${'.'.repeat(53)}` } });
  assert.equal((await get('/metrics')).status, 401);
  replace(openWeb);
  assert.equal((await get('/metrics')).status, 200);
});

test('while passwords are guessed from one address, a right one from another is let in', async (context) => {
  const users = { alice: hashSync('right', 10) };
  const { get } = await startDoorway(context, { last: snapshot, web: { users } });
  let granted = false;
  const guess = async (first: number): Promise<void> => {
    for (let next = first; !granted; next += 16)
      await get('/metrics', { auth: `alice:${next}`, localAddress: '127.0.0.2' });
  };
  const guessing = Array.from({ length: 16 }, (_, first) => guess(first));
  while ((await get('/metrics', { auth: 'alice:first', localAddress: '127.0.0.2' })).status !== 503);
  const { status } = await get('/metrics', { auth: 'alice:right' });
  granted = true;
  await Promise.all(guessing);
  assert.equal(status, 200);
});

test('a failing keeper is a bug that the client is told of, without its words', async (context) => {
  const { get, logged } = await startDoorway(context, {
    last: {
      ...snapshot,
      get metrics(): never {
        throw new Error('secret');
      },
    },
  });
  const { status, body } = await get('/metrics');
  assert.equal(status, 500);
  assert.doesNotMatch(body.toString(), /secret/);
  assert.match(String(logged[0]?.fields?.stack), /secret/);
});

test('the process tells of itself: version, audits, failures, reloads', async () => {
  const process = createProcessMetrics(30_000);
  process.audited();
  process.audited();
  process.failed();
  process.reloaded(true, 12.5);
  process.reloaded(false, 13);
  const text = await textOf(process);
  assert.ok(
    text.includes(`virt_audit_build_info{version="${program.version}",node_version="${globalThis.process.version}"} 1`),
  );
  assert.match(text, /^virt_audit_audits_total 2$/m);
  assert.match(text, /^virt_audit_audit_failures_total 1$/m);
  assert.match(text, /^virt_audit_config_last_reload_successful 0$/m);
  assert.match(text, /^virt_audit_config_last_reload_success_timestamp_seconds 12.5$/m);
  assert.match(text, /^process_cpu_seconds_total /m);
  assert.match(await textOf(createProcessMetrics(30_000)), /^virt_audit_audits_total 0$/m);
  assert.doesNotMatch(await textOf(createProcessMetrics(30_000, false)), /^(process|nodejs)_/m);
});
