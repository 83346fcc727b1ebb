import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { interfaceFacts } from '../../../src/facts/domain/interfaceFacts.ts';
import type { ParsedDomain } from '../../../src/facts/domain/parsedDomain.ts';
import { parsed } from './domainXml.ts';

const nic = (mac?: string) =>
  `<interface type='bridge'>${mac === undefined ? '' : `<mac address='${mac}'/>`}<source bridge='br0'/></interface>`;
const [one, two] = ['52:54:00:aa:00:01', '52:54:00:aa:00:02'];
const web = parsed(nic(one), { called: 'web', id: '1' });
const db = parsed(nic(two) + nic(one), { called: 'db', id: '2' });
const alone = parsed(nic(two), { called: 'alone', id: '3' });
const unread = (name: string, uuid?: string): ParsedDomain => ({
  name,
  ...(uuid === undefined ? {} : { uuid }),
  definition: 'config',
  state: 'shutoff',
  problem: { text: 'permission denied', reason: 'denied' },
});

describe('an interface’s address', () => {
  const facts = (domains: readonly ParsedDomain[], asking: ParsedDomain) => interfaceFacts(domains)(asking).facts;

  test('is nobody else’s', () => assert.deepEqual(facts([web, alone], web), [{ interface: 0, mac: one }]));
  test('is another’s too', () =>
    assert.deepEqual(facts([web, db], db), [
      { interface: 0, mac: two },
      { interface: 1, mac: one, sharedWith: ['web'] },
    ]));
  test('is several others’, by name in order', () => {
    const app = parsed(nic(one), { called: 'app', id: '4' });
    assert.deepEqual(facts([web, db, app], web), [{ interface: 0, mac: one, sharedWith: ['app', 'db'] }]);
  });
  test('is also in the domain’s other definition, which never runs beside it', () => {
    const live = parsed(nic(one), { called: 'web', id: '1', definition: 'live', state: 'running' });
    assert.deepEqual(facts([web, live], web), [{ interface: 0, mac: one }]);
  });
  test('is the same in either case', () => {
    const upper = parsed(nic(one.toUpperCase()), { called: 'upper', id: '5' });
    assert.deepEqual(facts([web, upper], upper), [{ interface: 0, mac: one, sharedWith: ['web'] }]);
  });
  test('that libvirt has yet to make up is no fact, and the next keeps its place', () =>
    assert.deepEqual(facts([], parsed(nic() + nic(one))), [{ interface: 1, mac: one }]));
  test('of a domain without interfaces', () => assert.deepEqual(facts([web], parsed('')), []));
});

describe('a definition that could not be read', () => {
  const unknown = (domains: readonly ParsedDomain[], asking: ParsedDomain) => interfaceFacts(domains)(asking).unknown;

  test('may hold the address', () =>
    assert.deepEqual(unknown([web, unread('x')], web), [
      {
        at: '/interfaces/0/sharedWith',
        reason: 'what x has is unknown, since the definition could not be read',
      },
    ]));
  test('does not excuse an address that is seen twice', () =>
    assert.deepEqual(
      unknown([web, db, unread('x')], db).map(({ at }) => at),
      ['/interfaces/0/sharedWith'],
    ));
});
