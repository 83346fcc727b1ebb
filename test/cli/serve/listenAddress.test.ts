import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, createServer, type Server } from 'node:net';
import { describe, test } from 'node:test';
import { AddressAbsent, type ListenAddress, listen, parseListenAddress } from '../../../src/cli/serve/listenAddress.ts';
import { InputError } from '../../../src/model/inputError.ts';

describe('an address to listen on', () => {
  const right: Readonly<Record<string, ListenAddress>> = {
    ':9': { port: 9 },
    '127.0.0.1:0': { host: '127.0.0.1', port: 0 },
    'localhost:65535': { host: 'localhost', port: 65_535 },
    '[::1]:9': { host: '::1', port: 9 },
    '[fe80::1%eth0]:9': { host: 'fe80::1%eth0', port: 9 },
  };
  for (const [text, address] of Object.entries(right)) {
    test(text, () => assert.deepEqual(parseListenAddress(text), address));
  }
  for (const text of ['', '9', '127.0.0.1', '127.0.0.1:', '::1:9', '[]:9', 'a:65536', ' a:9', 'a:-1', 'http://a:9']) {
    test(`"${text}" is none`, () => assert.throws(() => parseListenAddress(text), InputError));
  }
});

/** Listens, then lets the test look. */
const listening = async (text: string, look: (address: string, server: Server) => Promise<void>): Promise<void> => {
  const server = createServer((socket) => socket.end());
  try {
    await look(await listen(server, parseListenAddress(text)), server);
  } finally {
    server.close();
  }
};

test('without a host every address is listened on', () =>
  listening(':0', async (address) => {
    const port = Number(/^(?:\[::\]|0\.0\.0\.0):(\d+)$/.exec(address)?.[1]);
    await once(connect(port, '127.0.0.1'), 'connect');
  }));

test('without a host Node is told none, so that a kernel without IPv6 is no obstacle', async () => {
  const given: unknown[] = [];
  const server = createServer();
  server.listen = ((options: unknown, done: () => void) => {
    given.push(options);
    done();
    return server;
  }) as Server['listen'];
  await listen(server, parseListenAddress(':9'));
  assert.deepEqual(given, [{ port: 9 }]);
});

test('a port in use is said as it was written', () =>
  listening('127.0.0.1:0', async (address) => {
    const said = `can't listen on ${address}: the address is in use; choose another --web.listen-address`;
    await assert.rejects(listen(createServer(), parseListenAddress(address)), new InputError(said));
  }));

test('an address that this machine has not may come with its network, and is no mistake', () =>
  // Kept for documentation (RFC 5737).
  assert.rejects(
    listen(createServer(), parseListenAddress('192.0.2.1:0')),
    new AddressAbsent("can't listen on 192.0.2.1:0: this host has no such address"),
  ));
