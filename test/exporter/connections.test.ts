/** More connections than may be open: who goes, and who is served all the same. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { Agent } from 'node:http';
import { describe, type TestContext, test } from 'node:test';
import { createSnapshot } from '../../src/exporter/snapshot.ts';
import { eventually } from '../real/eventually.ts';
import { type Dialled, dial } from './dial.ts';
import { pendingAudit } from './pendingAudit.ts';
import { type Doorway, sampleSnapshot, startDoorway } from './startDoorway.ts';

const snapshot = await sampleSnapshot();
const other = { localAddress: '127.0.0.2' };
const scrape = 'GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n';
const limits = { connections: 4 };

/** One after the other, so that it is known which is the oldest. */
const dialEach = async (context: TestContext, port: number, count: number, options = {}): Promise<Dialled[]> => {
  const dialled: Dialled[] = [];
  while (dialled.length < count) dialled.push(await dial(context, port, options));
  return dialled;
};

const status = async ({ get }: Doorway, options = {}) => (await get('/metrics', options)).status;

/** Which of them are still open, once the server has closed as many as it should. */
const left = async (dialled: readonly Dialled[], closed: number): Promise<number[]> => {
  const gone = new Set<number>();
  dialled.forEach(({ ended }, index) => {
    ended.then(() => gone.add(index));
  });
  await eventually('as many are closed', () => gone.size >= closed || undefined);
  return [...dialled.keys()].filter((index) => !gone.has(index));
};

describe('with as many connections open as may be, a scrape is served', () => {
  test('and of silent ones the oldest goes', async (context) => {
    const doorway = await startDoorway(context, { last: snapshot, limits });
    const silent = await dialEach(context, doorway.port, 4);
    assert.equal(await status(doorway), 200);
    assert.deepEqual(await left(silent, 1), [1, 2, 3]);
    assert.ok((await doorway.connections()) <= 4);
  });

  test('again and again while silent ones come back', async (context) => {
    const doorway = await startDoorway(context, { last: snapshot, limits });
    for (let times = 0; times < 20; times += 1) {
      await dialEach(context, doorway.port, 4);
      assert.equal(await status(doorway), 200);
    }
  });

  test('and one that sends its request byte by byte goes like a silent one', async (context) => {
    const doorway = await startDoorway(context, { last: snapshot, limits });
    const [slow, ...silent] = await dialEach(context, doorway.port, 4);
    for (const byte of scrape.slice(0, 20)) slow?.socket.write(byte);
    assert.equal(await status(doorway), 200);
    assert.deepEqual(await left([slow as Dialled, ...silent], 1), [1, 2, 3]);
  });

  test('and the one goes that was answered before the others came', async (context) => {
    const doorway = await startDoorway(context, { last: snapshot, limits });
    const dialled = await dialEach(context, doorway.port, 3);
    const [first, second] = dialled;
    for (const { socket } of [second as Dialled, first as Dialled]) {
      socket.write(scrape);
      await once(socket, 'data');
    }
    const all = [...dialled, await dial(context, doorway.port)];
    assert.equal(await status(doorway), 200);
    assert.equal(await status(doorway), 200);
    assert.deepEqual(await left(all, 1), [0, 1, 3], 'the silent third, whose age is greatest');
  });

  test('though all the others have asked and do not read', async (context) => {
    const last = await createSnapshot('x'.repeat(16 << 20), '', 0);
    const doorway = await startDoorway(context, { last, limits });
    const greedy = await dialEach(context, doorway.port, 4);
    for (const { socket } of greedy) {
      socket.pause();
      socket.write(scrape);
    }
    await eventually('all have asked', () => doorway.patience.length === 4 || undefined);
    assert.equal(await status(doorway), 200);
  });

  test('though all the others wait for an audit, at another address', async (context) => {
    const { audit, end } = pendingAudit();
    const doorway = await startDoorway(context, { last: snapshot, limits, audit });
    const waiting = await dialEach(context, doorway.port, 4, other);
    for (const { socket } of waiting) socket.write(scrape);
    await eventually('all have asked', () => doorway.patience.length === 4 || undefined);
    const scraped = status(doorway);
    assert.deepEqual(await left(waiting, 1), [1, 2, 3]);
    end();
    assert.equal(await scraped, 200);
    assert.deepEqual(
      doorway.logged.map(({ level, fields }) => [level, fields]),
      [
        ['debug', { client: '127.0.0.1', outcome: 'taken in for another' }],
        ['warn', { limit: 4 }],
      ],
    );
  });
});

describe('a client that is well behaved keeps its connection', () => {
  test('while one at another address opens ever more', async (context) => {
    const doorway = await startDoorway(context, { last: snapshot, limits });
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    context.after(() => agent.destroy());
    const ports = new Set<number | undefined>();
    agent.on('free', (socket) => ports.add(socket.localPort));
    for (let times = 0; times < 5; times += 1) {
      assert.equal(await status(doorway, { agent }), 200);
      await dialEach(context, doorway.port, 6, other);
    }
    assert.equal(ports.size, 1);
  });

  test('while it waits for an audit, whatever comes from its own address', async (context) => {
    const { audit, end } = pendingAudit();
    const doorway = await startDoorway(context, { last: snapshot, limits, audit });
    const scraped = status(doorway);
    await eventually('it has asked', () => doorway.patience.length === 1 || undefined);
    await dialEach(context, doorway.port, 12);
    end();
    assert.equal(await scraped, 200);
  });
});

test('where all wait for an audit, one more from their address is refused, and they are served', async (context) => {
  const { audit, end } = pendingAudit();
  const doorway = await startDoorway(context, { last: snapshot, limits, audit });
  const scraped = Array.from({ length: 4 }, () => status(doorway));
  await eventually('all have asked', () => doorway.patience.length === 4 || undefined);
  await assert.rejects(status(doorway), /ECONNRESET|socket hang up/);
  end();
  assert.deepEqual(await Promise.all(scraped), [200, 200, 200, 200]);
  assert.equal(await status(doorway), 200);
});

test('it is said once, and again when it has been otherwise', async (context) => {
  const doorway = await startDoorway(context, { last: snapshot, limits });
  const warnings = () => doorway.logged.filter(({ level }) => level === 'warn').length;
  const dialled = await dialEach(context, doorway.port, 9);
  assert.equal(warnings(), 1);
  for (const { socket } of dialled) socket.destroy();
  await eventually('all are gone', async () => (await doorway.connections()) === 0 || undefined);
  await dialEach(context, doorway.port, 9);
  assert.equal(warnings(), 2);
});
