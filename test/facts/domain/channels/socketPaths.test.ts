import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  automaticPaths,
  channelSockets,
  looksGenerated,
  movedTo,
} from '../../../../src/facts/domain/channels/socketPaths.ts';
import { growsWithLength } from '../../../growth.ts';
import { channel, parsed } from '../domainXml.ts';

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

const folder = '/var/lib/libvirt/qemu/channel/target';

// What libvirt 9.0.0 does was seen with it; 10.0.0 and later as their own rule has it (qemuDomainChrMatchDefaultPath).
const drops: readonly { path: string; target?: string; at9: boolean; at10: boolean }[] = [
  { path: `${folder}/domain-3-left/bar`, at9: true, at10: true },
  { path: `${folder}/web.bar`, at9: true, at10: true },
  { path: `${folder}/foo.sock`, at9: true, at10: false },
  { path: `${folder}/foo.d/x`, at9: true, at10: false },
  { path: `${folder}/a.`, at9: true, at10: false },
  { path: `${folder}/foo/x.sock`, at9: false, at10: false },
  { path: `${folder}/foo/bar`, at9: false, at10: false },
  { path: `${folder}/foo`, at9: false, at10: false },
  { path: `${folder}/.bar`, at9: false, at10: false },
  { path: `${folder}x/foo.sock`, at9: false, at10: false },
  { path: `/x${folder}/foo.sock`, at9: false, at10: false },
  { path: '/srv/domain-x/bar', at9: true, at10: false },
  { path: '/srv/xdomain-x/bar', at9: true, at10: false },
  { path: '/srv/domain-x/y/bar', at9: false, at10: false },
  { path: '/srv/domain-/bar', at9: false, at10: false },
  { path: '/srv/domain-x/xbar', at9: false, at10: false },
  { path: '/srv/domain-x/barx', at9: false, at10: false },
  { path: '/run/libvirt/qemu/channel/3-web/bar', at9: false, at10: true },
  { path: '/run/libvirt/qemu/channel/web.bar', at9: false, at10: true },
  { path: `${folder}/3-web/bar`, at9: false, at10: true },
  { path: '/var/lib/libvirt/qemu/web.bar', at9: false, at10: false },
  { path: `${folder}/domain-3-w/bar.0`, target: 'barx0', at9: false, at10: false },
];

describe('a path that libvirt drops', () => {
  for (const { path, target = 'bar', at9, at10 } of drops) {
    test(`${path} of ${target}`, () => {
      assert.equal(looksGenerated(path, target, '9.0.0'), at9, '9.0.0');
      assert.equal(looksGenerated(path, target, '10.0.0'), at10, '10.0.0');
      assert.equal(looksGenerated(path, target, '9.7.0'), at9 || at10, '9.7.0');
      assert.equal(looksGenerated(path, target, undefined), at9 || at10, 'unknown');
    });
  }
});

test('where libvirt makes the socket of a running domain that an older one made', () => {
  const made = `${folder}/domain-3-web/bar`;
  assert.equal(movedTo(made, 'bar', '9.6.0'), undefined);
  assert.equal(movedTo(made, 'bar', '9.7.0'), '/run/libvirt/qemu/channel');
  assert.equal(movedTo(made, 'bar', undefined), 'unknown');
  for (const path of [`${folder}/web`, '/run/libvirt/qemu/channel/3-web/bar', '']) {
    for (const libvirt of ['9.6.0', '11.0.0', undefined]) assert.equal(movedTo(path, 'bar', libvirt), undefined, path);
  }
});

test('a long path is gone through once', () => {
  const make = (length: number): string => `/${'domain-'.repeat(length)}/x/bar`;
  growsWithLength(3_000, make, (path) => assert.equal(looksGenerated(path, 'bar', undefined), false));
});
