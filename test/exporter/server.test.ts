import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type IncomingHttpHeaders, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, type TestContext, test } from 'node:test';
import { createProcessMetrics } from '../../src/exporter/processMetrics.ts';
import { createExporter } from '../../src/exporter/server.ts';
import type { Snapshot } from '../../src/exporter/snapshot.ts';
import { program } from '../../src/model/program.ts';

const snapshot: Snapshot = { metrics: 'virt_audit_libvirt_up 1\n', page: '<p>ü</p>', at: 0 };

interface Got {
  status: number | undefined;
  headers: IncomingHttpHeaders;
  body: string;
}

/** An exporter on a port of its own, which asks for snapshots as given; `get` sends requests to it. */
const serve = async (context: TestContext, last: Snapshot | undefined, telemetryPath = '/metrics') => {
  const patience: number[] = [];
  const keeper = {
    last: () => last,
    fresh: async (milliseconds: number) => {
      patience.push(milliseconds);
      return last;
    },
  };
  const server = createExporter({ keeper, processMetrics: createProcessMetrics(), telemetryPath });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  context.after(() => {
    server.close();
    server.closeAllConnections();
  });
  const { port } = server.address() as AddressInfo;
  const get = (path: string, method = 'GET', headers = {}): Promise<Got> =>
    new Promise((resolve, reject) => {
      request({ port, host: '127.0.0.1', path, method, headers }, async (response) => {
        const chunks: Buffer[] = [];
        for await (const chunk of response) chunks.push(chunk);
        resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks).toString() });
      })
        .on('error', reject)
        .end();
    });
  return { get, patience };
};

const plain = 'text/plain; charset=utf-8';
const html = 'text/html; charset=utf-8';
const metrics = 'text/plain; version=0.0.4; charset=utf-8';

const answers: readonly { path: string; after: [number, string, RegExp]; before: [number, string, RegExp] }[] = [
  { path: '/metrics', after: [200, metrics, /^virt_audit_libvirt_up 1\n# HELP /], before: [503, plain, /first audit/] },
  { path: '/metrics?x=1', after: [200, metrics, /^virt_audit_libvirt_up 1\n/], before: [503, plain, /first audit/] },
  { path: '/', after: [200, html, /^<p>ü<\/p>$/], before: [200, html, /No audit has ended yet/] },
  { path: '/-/healthy', after: [200, plain, /healthy/], before: [200, plain, /healthy/] },
  { path: '/-/ready', after: [200, plain, /ready/], before: [503, plain, /first audit/] },
  { path: '/nothing', after: [404, plain, /^Not found\.\n$/], before: [404, plain, /^Not found\.\n$/] },
  { path: '/metrics/', after: [404, plain, /Not found/], before: [404, plain, /Not found/] },
  { path: '//metrics', after: [404, plain, /Not found/], before: [404, plain, /Not found/] },
  { path: '/../metrics', after: [404, plain, /Not found/], before: [404, plain, /Not found/] },
];

for (const when of ['before', 'after'] as const) {
  describe(`${when} the first audit`, () => {
    for (const {
      path,
      [when]: [status, type, body],
    } of answers) {
      test(`${path}: ${status}`, async (context) => {
        const { get } = await serve(context, when === 'after' ? snapshot : undefined);
        const got = await get(path);
        assert.equal(got.status, status);
        assert.equal(got.headers['content-type'], type);
        assert.match(got.body, body);
        assert.equal(Number(got.headers['content-length']), Buffer.byteLength(got.body));
        assert.match(String(got.headers['content-security-policy']), /default-src 'none'/);
        assert.equal(got.headers['x-content-type-options'], 'nosniff');
        const head = await get(path, 'HEAD');
        assert.deepEqual([head.status, head.body, head.headers['content-type']], [status, '', type]);
      });
    }
  });
}

describe('only to read', () => {
  for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH']) {
    test(`${method} is refused, and no audit starts`, async (context) => {
      const { get, patience } = await serve(context, snapshot);
      const { status, headers } = await get('/metrics', method);
      assert.deepEqual([status, headers.allow], [405, 'GET, HEAD']);
      assert.deepEqual(patience, []);
    });
  }
});

test('a scrape waits as long as Prometheus says, less half a second', async (context) => {
  const { get, patience } = await serve(context, snapshot);
  await get('/metrics', 'GET', { 'X-Prometheus-Scrape-Timeout-Seconds': '3' });
  await get('/metrics');
  assert.deepEqual(patience, [2500, 9500]);
});

test('the metrics may have another path; the page then leads there', async (context) => {
  const { get } = await serve(context, undefined, '/telemetry');
  assert.equal((await get('/telemetry')).status, 503);
  assert.equal((await get('/metrics')).status, 404);
  assert.match((await get('/')).body, /<a href="\/telemetry">/);
});

test('a failing keeper is a bug that the client is told of, without its words', async (context) => {
  const { get } = await serve(context, {
    ...snapshot,
    get metrics(): string {
      throw new Error('secret');
    },
  });
  const written = context.mock.method(process.stderr, 'write', () => true);
  const { status, body } = await get('/metrics');
  assert.equal(status, 500);
  assert.doesNotMatch(body, /secret/);
  assert.match(String(written.mock.calls[0]?.arguments[0]), /secret/);
});

test('the process tells of itself: version, audits, failures', async () => {
  const process = createProcessMetrics();
  process.audited();
  process.audited();
  process.failed();
  const text = await process.text();
  assert.ok(
    text.includes(`virt_audit_build_info{version="${program.version}",node_version="${globalThis.process.version}"} 1`),
  );
  assert.match(text, /^virt_audit_audits_total 2$/m);
  assert.match(text, /^virt_audit_audit_failures_total 1$/m);
  assert.match(text, /^process_cpu_seconds_total /m);
  assert.match(await createProcessMetrics().text(), /^virt_audit_audits_total 0$/m);
});
