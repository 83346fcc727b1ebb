import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { automaticPaths, channelSockets } from '../../../src/facts/domain/socketPaths.ts';
import { channel, parsed } from './domainXml.ts';

const cases: readonly { name: string; devices: string; sockets: readonly object[] }[] = [
  { name: 'no channels', devices: '', sockets: [] },
  {
    name: 'a path; bind is what mode is when left out',
    devices: channel({ path: '/srv/a', name: 'a' }),
    sockets: [{ index: 0, mode: 'bind', name: 'a', path: '/srv/a' }],
  },
  {
    name: 'connect',
    devices: channel({ path: '/srv/a', mode: 'connect', name: 'a' }),
    sockets: [{ index: 0, mode: 'connect', name: 'a', path: '/srv/a' }],
  },
  { name: 'no source', devices: channel({ name: 'a' }), sockets: [{ index: 0, mode: 'bind', name: 'a' }] },
  {
    name: 'an empty path is none',
    devices: channel({ path: '', name: 'a' }),
    sockets: [{ index: 0, mode: 'bind', name: 'a' }],
  },
  { name: 'no name', devices: channel({}), sockets: [{ index: 0, mode: 'bind' }] },
  {
    name: 'channels of another kind are counted, not taken',
    devices: `<channel type='spicevmc'><target type='virtio' name='s'/></channel>${channel({ name: 'a' })}`,
    sockets: [{ index: 1, mode: 'bind', name: 'a' }],
  },
];

describe('the Unix sockets of a domain’s channels', () => {
  for (const { name, devices, sockets } of cases) {
    test(name, () => assert.deepEqual(channelSockets(parsed(devices)), sockets));
  }
  test('none of a domain that was not parsed', () =>
    assert.deepEqual(channelSockets({ name: 'web', definition: 'live', state: 'running' }), []));
});

const agent = 'org.qemu.guest_agent.0';
const older = (short: string) => `/var/lib/libvirt/qemu/channel/target/domain-1-${short}/${agent}`;
const newer = (short: string) => `/run/libvirt/qemu/channel/1-${short}/${agent}`;

const automatic: readonly { name: string; domain: string; libvirt?: string; paths: readonly string[] }[] = [
  { name: 'up to 9.6', domain: 'web', libvirt: '9.6.0', paths: [older('web')] },
  { name: 'since 9.7', domain: 'web', libvirt: '9.7.0', paths: [newer('web')] },
  { name: '10.0 is later than 9.7', domain: 'web', libvirt: '10.0.0', paths: [newer('web')] },
  { name: 'an unknown version: both', domain: 'web', paths: [older('web'), newer('web')] },
  {
    name: 'twenty characters stay',
    domain: 'a2345678901234567890',
    libvirt: '9.0.0',
    paths: [older('a2345678901234567890')],
  },
  {
    name: 'the twenty-first goes',
    domain: 'a23456789012345678901',
    libvirt: '9.0.0',
    paths: [older('a2345678901234567890')],
  },
  // libvirt counts wide characters (mbstowcs), so neither bytes nor UTF-16 units.
  { name: 'characters, not bytes', domain: 'ü'.repeat(21), libvirt: '9.0.0', paths: [older('ü'.repeat(20))] },
  {
    name: 'characters, not UTF-16 units',
    domain: '\u{1f600}'.repeat(21),
    libvirt: '9.0.0',
    paths: [older('\u{1f600}'.repeat(20))],
  },
];

describe('where libvirt puts the socket of a channel without a path', () => {
  for (const { name, domain, libvirt, paths } of automatic) {
    test(name, () => assert.deepEqual(automaticPaths(domain, agent, libvirt), paths));
  }
});
