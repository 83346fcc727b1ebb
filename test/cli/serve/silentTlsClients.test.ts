/** Connections on which TLS never comes about, or comes about and stays silent. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type TestContext, test } from 'node:test';
import { connect } from 'node:tls';
import { dial } from '../../exporter/dial.ts';
import { pendingAudit } from '../../exporter/pendingAudit.ts';
import { sampleSnapshot, startDoorway } from '../../exporter/startDoorway.ts';
import { eventually } from '../../real/eventually.ts';
import { certificateAuthority } from './certificateAuthority.ts';
import { webTlsOf } from './webTlsOf.ts';

const start = async (context: TestContext, audit: Promise<unknown> = Promise.resolve()) => {
  await using authority = await certificateAuthority();
  const tls = webTlsOf(await authority.issue('server'), []);
  const last = await sampleSnapshot();
  const doorway = await startDoorway(context, { last, web: { tls }, limits: { connections: 4 }, audit });
  const status = async () => (await doorway.get('/metrics', { ca: authority.ca })).status;
  return { ...doorway, ca: authority.ca, status };
};

test('a scrape is served while others begin no handshake', async (context) => {
  const { port, status, connections } = await start(context);
  for (let times = 0; times < 6; times += 1) await dial(context, port);
  assert.equal(await status(), 200);
  assert.ok((await connections()) <= 4);
});

test('a scrape is served while others end their handshake and ask nothing', async (context) => {
  const { port, status, ca } = await start(context);
  for (let times = 0; times < 6; times += 1) {
    const socket = connect({ host: '127.0.0.1', port, ca });
    context.after(() => socket.destroy());
    socket.on('error', () => {});
    await once(socket, 'secureConnect');
  }
  assert.equal(await status(), 200);
});

test('a scrape that waits for an audit over TLS is known to wait', async (context) => {
  const { audit, end } = pendingAudit();
  const { port, status, patience } = await start(context, audit);
  const scraped = status();
  await eventually('it has asked', () => patience.length === 1 || undefined);
  for (let times = 0; times < 12; times += 1) await dial(context, port);
  end();
  assert.equal(await scraped, 200);
});
