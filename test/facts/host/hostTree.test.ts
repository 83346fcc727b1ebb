import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createHostTree } from '../../../src/facts/host/hostTree.ts';
import { directory, file, link, unreadable } from './documents.ts';

const tree = createHostTree([
  directory('/'),
  directory('/etc'),
  file('/etc/hostname', 'kvm1\n'),
  file('/etc/empty', ''),
  link('/etc/name', 'hostname'),
  link('/etc/absolute', '/etc/name'),
  link('/etc/up', '../etc/./hostname'),
  link('/etc/beyond', '../../../etc/hostname'),
  link('/etc/dangling', 'nowhere'),
  link('/etc/itself', 'itself'),
  link('/ping', '/pong'),
  link('/pong', '/ping'),
  link('/config', '/etc'),
  link('/run', 'var/run'),
  directory('/var/run', 7),
  file('/var/run/pid', '12'),
  unreadable('/root'),
  link('/secret', '/root/deep/down'),
  unreadable('/etc/shadow'),
  file('/srv/only/the/leaf', 'x'),
]);

const secret = { unreadable: '/root: permission denied' };

const reads: readonly { name: string; path: string; known: ReturnType<typeof tree.read> }[] = [
  { name: 'a file', path: '/etc/hostname', known: file('/etc/hostname', 'kvm1\n') },
  { name: 'an empty file', path: '/etc/empty', known: file('/etc/empty', '') },
  { name: 'a path to be tidied', path: '//etc/./x/../hostname', known: file('/etc/hostname', 'kvm1\n') },
  { name: 'a relative link', path: '/etc/name', known: file('/etc/hostname', 'kvm1\n') },
  { name: 'an absolute link to a link', path: '/etc/absolute', known: file('/etc/hostname', 'kvm1\n') },
  { name: 'a link with ..', path: '/etc/up', known: file('/etc/hostname', 'kvm1\n') },
  { name: 'a link that climbs above the root', path: '/etc/beyond', known: file('/etc/hostname', 'kvm1\n') },
  { name: 'through a link to a directory', path: '/config/name', known: file('/etc/hostname', 'kvm1\n') },
  { name: 'through a relative link at the root', path: '/run/pid', known: file('/var/run/pid', '12') },
  { name: 'a dangling link', path: '/etc/dangling', known: undefined },
  { name: 'a link to itself', path: '/etc/itself', known: undefined },
  { name: 'links in a circle', path: '/ping', known: undefined },
  { name: 'below links in a circle', path: '/ping/x', known: undefined },
  { name: 'a directory is no text', path: '/etc', known: undefined },
  { name: 'what nobody looked at does not exist', path: '/etc/passwd', known: undefined },
  { name: 'an unreadable file', path: '/etc/shadow', known: { unreadable: '/etc/shadow: permission denied' } },
  { name: 'below an unreadable directory', path: '/root/.ssh/config', known: secret },
  { name: 'a link to below an unreadable directory', path: '/secret', known: secret },
  { name: 'beside an unreadable directory', path: '/rootless', known: undefined },
];

describe('reading', () => {
  for (const { name, path, known } of reads) {
    test(`${name}: ${path}`, () => assert.deepEqual(tree.read(path), known));
  }
});

describe('a path that is too long for the kernel', () => {
  const deep = '/a'.repeat(100_000);

  test('is nowhere', () => {
    assert.equal(tree.read(deep), undefined);
    assert.equal(tree.read(`/root${deep}`), undefined);
    assert.equal(tree.directory(deep), undefined);
    assert.equal(tree.realpath(deep), deep);
  });

  test('is where no link leads, whatever a bundle says', () => {
    const links = createHostTree([link('/a', deep), link('/b', `/c${'/x'.repeat(2046)}`)]);
    assert.equal(links.read('/a'), undefined);
    assert.equal(links.realpath('/b/x'), `/c${'/x'.repeat(2047)}`);
    assert.equal(links.read(`/b${'/x'.repeat(2046)}`), undefined);
  });

  test('the longest that is not is as any other', () => {
    const longest = `/root${'/a'.repeat(2045)}`;
    assert.equal(longest.length, 4095);
    assert.deepEqual(tree.read(longest), secret);
    assert.equal(tree.realpath(`/etc/name${'/a'.repeat(2043)}`), `/etc/hostname${'/a'.repeat(2043)}`);
  });
});

describe('a directory', () => {
  test('with its owner', () => assert.deepEqual(tree.directory('/var/run'), directory('/var/run', 7)));
  test('through a link', () => assert.deepEqual(tree.directory('/run'), directory('/var/run', 7)));
  test('that is a file', () => assert.equal(tree.directory('/etc/hostname'), undefined));
  test('that can not be read', () => assert.deepEqual(tree.directory('/root'), secret));
  test('that is not there', () => assert.equal(tree.directory('/opt'), undefined));
});

describe('the names in a directory', () => {
  test('files and links, sorted', () =>
    assert.deepEqual(tree.list('/etc'), [
      'absolute',
      'beyond',
      'dangling',
      'empty',
      'hostname',
      'itself',
      'name',
      'shadow',
      'up',
    ]));
  test('through a link', () => assert.deepEqual(tree.list('/run'), ['pid']));
  test('of the root', () => assert.ok(tree.list('/')?.includes('etc')));
  test('of a directory that only its content shows', () => assert.deepEqual(tree.list('/srv/only'), ['the']));
  test('of an empty one', () => assert.deepEqual(createHostTree([directory('/etc')]).list('/etc'), []));
  test('of none', () => assert.equal(tree.list('/opt'), undefined));
});

describe('a real path', () => {
  const paths: readonly (readonly [path: string, real: string])[] = [
    ['/config/hostname', '/etc/hostname'],
    ['/run/libvirt/qemu', '/var/run/libvirt/qemu'],
    ['/etc/absolute', '/etc/hostname'],
    ['/nobody/knows', '/nobody/knows'],
    ['/', '/'],
    // As the kernel: the link first, then its parent.
    ['/config/../etc/hostname', '/etc/hostname'],
    ['/run/../x', '/var/x'],
  ];
  for (const [path, real] of paths) test(`of ${path} is ${real}`, () => assert.equal(tree.realpath(path), real));
  test('of links in a circle is found in finite time', () => assert.match(tree.realpath('/ping/x'), /^\/p[io]ng\/x$/));
});

test('a link itself is not followed', () => {
  assert.equal(tree.link('/etc/absolute')?.text, '/etc/name');
  assert.equal(tree.link('/etc/hostname'), undefined);
});

test('more links than Linux follows lead nowhere', () => {
  const chain = (length: number) =>
    createHostTree([
      ...Array.from({ length }, (_, index) => link(`/l${index}`, `l${index + 1}`)),
      file(`/l${length}`, 'end'),
    ]).read('/l0');
  assert.deepEqual(chain(40), file('/l40', 'end'));
  assert.equal(chain(41), undefined);
});

test('a file that a disk is, too, says what it says', () => {
  const read = (...texts: string[]) =>
    createHostTree(texts.map((text) => file('/etc/policy', text))).read('/etc/policy');
  assert.deepEqual(read('profile x {}', ''), file('/etc/policy', 'profile x {}'));
  assert.deepEqual(read('profile x {}', '{"format":"other"}'), file('/etc/policy', 'profile x {}'));
  assert.deepEqual(read('', 'profile x {}'), file('/etc/policy', 'profile x {}'));
});

test('a path that is longer than any can be is in no directory', () => {
  const deep = '/a'.repeat(2048);
  assert.equal(createHostTree([file(deep, 'x')]).list('/a'), undefined);
  assert.deepEqual(createHostTree([file(deep.slice(2), 'x')]).list('/a'), ['a']);
});

describe('what is at a path', () => {
  for (const [path, at] of [
    ['/etc/name', file('/etc/hostname', 'kvm1\n')],
    ['/config', directory('/etc')],
    ['/secret', secret],
    ['/etc/dangling', undefined],
  ] as const) {
    test(path, () => assert.deepEqual(tree.at(path), at));
  }
});
