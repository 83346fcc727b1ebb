/** A client that goes in the middle of its answer: what is left is not kept for it. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { test } from 'node:test';
import { send } from '../../src/exporter/send.ts';

/** More than the kernel takes for a client that does not read. */
const large = 'virt_audit_libvirt_up 1\n'.repeat(2_000_000);

test('the answer is done with once its client has gone', { timeout: 60_000 }, async (context) => {
  const server = createServer();
  context.after(() => server.close());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1');
  client.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
  const [request, response] = await once(server, 'request');
  const sent = send(request, response, { status: 200, headers: {}, body: [large] }, {});
  await once(client, 'data');
  client.pause();
  assert.equal(response.writableFinished, false);
  client.destroy();
  await sent;
  assert.equal(response.writableFinished, false);
});
