/** Clients that take more than their share: slow, silent, half-open, greedy. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { describe, type TestContext, test } from 'node:test';
import { limitsOf } from '../../src/exporter/limits.ts';
import { createSnapshot } from '../../src/exporter/snapshot.ts';
import { eventually } from '../real/eventually.ts';
import { dial } from './dial.ts';
import { sampleSnapshot, startDoorway } from './startDoorway.ts';

const snapshot = await sampleSnapshot();

/** Sends a byte now and then, for as long as it can. */
const drip = (context: TestContext, socket: Socket, text: string): void => {
  let sent = 0;
  const timer = setInterval(() => {
    if (!socket.writable) return;
    socket.write(text[sent % text.length] ?? '');
    sent += 1;
  }, 20);
  context.after(() => clearInterval(timer));
};

const scrape = 'GET /metrics HTTP/1.1\r\nHost: x\r\n';

// With a limit of its own: where a client is not let go, nothing else ends the wait.
describe('a client is let go', { timeout: 300_000 }, () => {
  // Each of one limit alone: on a machine that stands still for a moment, another would come first.
  test('that says nothing', async (context) => {
    const { port } = await startDoorway(context, { last: snapshot, limits: { request: 200 } });
    assert.match(await (await dial(context, port)).ended, /^(HTTP\/1\.1 408 |$)/);
  });
  test('that sends its headers byte by byte', async (context) => {
    const { port } = await startDoorway(context, { last: snapshot, limits: { request: 200 } });
    const { socket, ended } = await dial(context, port);
    socket.write(scrape);
    drip(context, socket, 'X-Slow: 1\r\n');
    assert.match(await ended, /^HTTP\/1\.1 408 /);
  });
  test('that keeps a connection and asks nothing more', async (context) => {
    const { port } = await startDoorway(context, { last: snapshot, limits: { keepAlive: 200 } });
    const { socket, ended } = await dial(context, port);
    socket.write(`${scrape}\r\n`);
    assert.match(await ended, /^HTTP\/1\.1 200 OK\r\n/);
  });
  test('that has said all it will, and is answered before', async (context) => {
    const { port } = await startDoorway(context, { last: snapshot });
    const { socket, ended } = await dial(context, port, { allowHalfOpen: true });
    socket.end(`${scrape}Connection: close\r\n\r\n`);
    assert.match(await ended, /^HTTP\/1\.1 200 OK\r\n[\s\S]*virt_audit_libvirt_up 1\n/);
  });
  test('that closes its side and asks nothing', async (context) => {
    const { port } = await startDoorway(context, { last: snapshot });
    const { socket, ended } = await dial(context, port, { allowHalfOpen: true });
    socket.end();
    assert.equal(await ended, '');
  });
  test('that asks and does not read', async (context) => {
    const large = await createSnapshot('x'.repeat(32 << 20), '', 0);
    const { port, connections } = await startDoorway(context, { last: large, limits: { silence: 300 } });
    const ask = async (): Promise<string | undefined> => {
      const { socket, ended } = await dial(context, port);
      socket.pause();
      socket.write(`${scrape}\r\n`);
      await eventually('the server has let go', async () => (await connections()) === 0 || undefined);
      socket.resume();
      // Nothing where the server could not run for so long that the question, too, came after the silence.
      return (await ended) || undefined;
    };
    const got = await eventually('it is answered before it is let go', ask);
    assert.ok(got.startsWith('HTTP/1.1 200 OK'));
    assert.ok(got.length < 32 << 20, 'what was in no buffer by then never came');
  });
});

describe('who asks again and again and reads nothing', () => {
  const large = createSnapshot('x'.repeat(16 << 20), '', 0);
  /** Connections that have asked so often and read nothing yet. */
  const ask = async (context: TestContext, connections: number, times: number) => {
    const doorway = await startDoorway(context, { last: await large, limits: { pipelined: 4 } });
    const dialled = await Promise.all(Array.from({ length: connections }, () => dial(context, doorway.port)));
    for (const { socket } of dialled) {
      socket.pause();
      socket.write(`${scrape}\r\n`.repeat(times));
    }
    await eventually('all have asked', () => doorway.patience.length === connections * times || undefined);
    return { ...doorway, dialled };
  };
  test('costs no page for each answer', async (context) => {
    await large;
    const before = process.memoryUsage().arrayBuffers;
    const { dialled } = await ask(context, 8, 4);
    assert.ok(process.memoryUsage().arrayBuffers - before < 160 << 20, 'of 512 MiB that they asked for');
    const [first] = dialled;
    first?.socket.resume();
    await eventually('one is answered after all', () => (first && first.socket.bytesRead > 64 << 20) || undefined);
  });
  test('is let go past a number', async (context) => {
    const { port, patience, get } = await startDoorway(context, { last: snapshot, limits: { pipelined: 4 } });
    const { socket, ended } = await dial(context, port);
    socket.write(`${scrape}\r\n`.repeat(100));
    await ended;
    assert.ok(patience.length <= 4, `${patience.length} were taken on`);
    assert.equal((await get('/metrics')).status, 200);
  });
  test('and who reads goes on', async (context) => {
    const { port } = await startDoorway(context, { last: snapshot, limits: { pipelined: 4 } });
    const { socket } = await dial(context, port);
    for (let times = 0; times < 20; times++) {
      socket.write(`${scrape}\r\n`);
      const [answer] = await once(socket, 'data');
      assert.match(String(answer), /^HTTP\/1\.1 200 OK/);
    }
  });
});

describe('a request is refused', () => {
  const cases = [
    { name: 'with headers too large', request: `${scrape}X: ${'a'.repeat(9000)}\r\n\r\n`, status: '431' },
    { name: 'with a path too long', request: `GET /${'a'.repeat(9000)} HTTP/1.1\r\nHost: x\r\n\r\n`, status: '431' },
    { name: 'that is no HTTP', request: '\x16\x03\x01\x00\x05hello\r\n\r\n', status: '400' },
    {
      name: 'with two lengths',
      request: `${scrape}Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n`,
      status: '400',
    },
  ];
  for (const { name, request, status } of cases) {
    test(name, async (context) => {
      const { port, get } = await startDoorway(context, { last: snapshot });
      const { socket, ended } = await dial(context, port);
      socket.write(request);
      assert.match(await ended, new RegExp(`^HTTP/1\\.1 ${status} `));
      assert.equal((await get('/metrics')).status, 200);
    });
  }
});

test('a scrape may wait for the longest audit, and no timer is told more than it holds', () => {
  assert.equal(limitsOf(20_000).silence, 60_000);
  assert.equal(limitsOf(100_000).silence, 200_000);
  assert.equal(limitsOf(2 ** 31 - 1).silence, 2 ** 31 - 1);
});

test('200 scrapes at once are all served', async (context) => {
  const { get } = await startDoorway(context, { last: snapshot });
  const got = await Promise.all(Array.from({ length: 200 }, () => get('/metrics')));
  assert.deepEqual([...new Set(got.map(({ status }) => status))], [200]);
});
