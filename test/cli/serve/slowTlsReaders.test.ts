/** TLS keeps what it was given and has not sent, encrypted, for each connection. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { connect } from 'node:tls';
import { createSnapshot } from '../../../src/exporter/snapshot.ts';
import { startDoorway } from '../../exporter/startDoorway.ts';
import { eventually } from '../../real/eventually.ts';
import { certificateAuthority } from './certificateAuthority.ts';
import { webTlsOf } from './webTlsOf.ts';

const pageSize = 16 << 20;

test('16 clients that ask and do not read cost no page each, and get it all the same', async (context) => {
  await using authority = await certificateAuthority();
  const tls = webTlsOf(await authority.issue('server'), []);
  const last = await createSnapshot('x'.repeat(pageSize), '', 0);
  const { port, patience } = await startDoorway(context, { last, web: { tls } });
  const before = process.memoryUsage().rss;
  const sockets = await Promise.all(
    Array.from({ length: 16 }, async () => {
      const socket = connect({ host: '127.0.0.1', port, ca: authority.ca });
      context.after(() => socket.destroy());
      socket.on('error', () => {});
      await once(socket, 'secureConnect');
      socket.pause();
      socket.write('GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n');
      return socket;
    }),
  );
  await eventually('all have asked', () => patience.length === sockets.length || undefined);
  // What they are sent is on its way within a turn or two of the event loop.
  await new Promise((resolve) => setTimeout(resolve, 500));
  assert.ok(process.memoryUsage().rss - before < 128 << 20, 'of 256 MiB that they asked for');
  const [first] = sockets;
  let got = 0;
  first?.on('data', (chunk) => {
    got += chunk.length;
  });
  first?.resume();
  await eventually('one has its page after all', () => got > pageSize || undefined);
});
