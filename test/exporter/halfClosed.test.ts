/** Clients that end their sending side once they have asked: `nc -N`, checks of load balancers, and whoever has gone. */
import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import { connect } from 'node:tls';
import { createSnapshot } from '../../src/exporter/snapshot.ts';
import { certificateAuthority } from '../cli/serve/certificateAuthority.ts';
import { webTlsOf } from '../cli/serve/webTlsOf.ts';
import { eventually } from '../real/eventually.ts';
import { type Dialled, dial } from './dial.ts';
import { pendingAudit } from './pendingAudit.ts';
import { type Doorway, sampleSnapshot, startDoorway } from './startDoorway.ts';

const snapshot = await sampleSnapshot();
const scrape = 'GET /metrics HTTP/1.0\r\n\r\n';
const answer = /^HTTP\/1\.1 200 OK\r\n[\s\S]*virt_audit_libvirt_up 1\n/;

/** Asks, and says no more. */
const askAndEnd = async (context: TestContext, { port }: Doorway, text = scrape): Promise<Dialled> => {
  const dialled = await dial(context, port, { allowHalfOpen: true });
  dialled.socket.end(text);
  return dialled;
};

const asked = ({ patience }: Doorway, count: number) =>
  eventually('all have asked', () => patience.length === count || undefined);

/** Time for the end of what a client sends to come in. */
const settle = () => new Promise((resolve) => setTimeout(resolve, 100));

const nobodyLeft = ({ connections }: Doorway) =>
  eventually('nobody is left', async () => (await connections()) === 0 || undefined);

describe('who has asked and sends no more is answered after a slow audit', () => {
  test('on plain HTTP', async (context) => {
    const { audit, end } = pendingAudit();
    const doorway = await startDoorway(context, { last: snapshot, audit });
    const { ended } = await askAndEnd(context, doorway);
    await asked(doorway, 1);
    await settle();
    end();
    assert.match(await ended, answer);
    await nobodyLeft(doorway);
  });
  test('where the connection might have been kept, and of several requests all', async (context) => {
    const { audit, end } = pendingAudit();
    const doorway = await startDoorway(context, { last: snapshot, audit });
    const { ended } = await askAndEnd(context, doorway, 'GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(3));
    await asked(doorway, 3);
    await settle();
    end();
    assert.equal((await ended).match(/virt_audit_libvirt_up 1\n/g)?.length, 3);
    await nobodyLeft(doorway);
  });
  for (const version of ['TLSv1.2', 'TLSv1.3'] as const) {
    test(`over ${version}`, async (context) => {
      await using authority = await certificateAuthority();
      const tls = webTlsOf(await authority.issue('server'), []);
      const { audit, end } = pendingAudit();
      const doorway = await startDoorway(context, { last: snapshot, audit, web: { tls } });
      const { socket: beneath } = await dial(context, doorway.port, { allowHalfOpen: true });
      const versions = { minVersion: version, maxVersion: version };
      const socket = connect({ socket: beneath, host: '127.0.0.1', ca: authority.ca, ...versions });
      context.after(() => socket.destroy());
      socket.end(scrape);
      const got = socket.toArray();
      await asked(doorway, 1);
      await settle();
      end();
      assert.match(Buffer.concat(await got).toString(), answer);
      await nobodyLeft(doorway);
    });
  }
});

describe('who has gone while an audit went on', () => {
  test('is let go once it has ended', async (context) => {
    const { audit, end } = pendingAudit();
    const doorway = await startDoorway(context, { last: snapshot, audit });
    const { socket } = await askAndEnd(context, doorway);
    await asked(doorway, 1);
    socket.destroy();
    await settle();
    end();
    await nobodyLeft(doorway);
  });
  test('is let go after a silence, whatever the audit does', async (context) => {
    const { audit } = pendingAudit();
    const doorway = await startDoorway(context, { last: snapshot, audit, limits: { silence: 300 } });
    const { ended } = await askAndEnd(context, doorway);
    assert.equal(await ended, '');
    await nobodyLeft(doorway);
  });
  test('and does not read its answer is let go after a silence', async (context) => {
    const last = await createSnapshot('x'.repeat(32 << 20), '', 0);
    const doorway = await startDoorway(context, { last, limits: { silence: 300 } });
    const { socket } = await askAndEnd(context, doorway);
    socket.pause();
    await asked(doorway, 1);
    await nobodyLeft(doorway);
  });
  test('makes room for one that still waits, though it came first', async (context) => {
    const { audit, end } = pendingAudit();
    const doorway = await startDoorway(context, { last: snapshot, audit, limits: { connections: 4 } });
    const waiting = doorway.get('/metrics');
    await asked(doorway, 1);
    for (let count = 2; count <= 4; count += 1) {
      const { socket } = await askAndEnd(context, doorway);
      await asked(doorway, count);
      socket.destroy();
    }
    await settle();
    const newcomer = doorway.get('/metrics');
    await asked(doorway, 5);
    end();
    assert.deepEqual([(await waiting).status, (await newcomer).status], [200, 200]);
  });
});
