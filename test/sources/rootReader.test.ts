import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, lstatSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { createHostTree } from '../../src/facts/host/hostTree.ts';
import type { HostDocument } from '../../src/model/document.ts';
import { createRootReader } from '../../src/sources/hostRoot/rootReader.ts';
import { type Entries, madeUpRoot } from './madeUpRoot.ts';

const readerOf = (context: TestContext, entries: Entries) => {
  const root = madeUpRoot(context, entries);
  const documents: HostDocument[] = [];
  return { root, documents, reader: createRootReader(root, (document) => documents.push(document)) };
};

/** The documents that looking at `path` gives, in short. */
const look = (context: TestContext, entries: Entries, ...paths: string[]): string[] => {
  const { reader, documents } = readerOf(context, entries);
  for (const path of paths) reader.look(path);
  return documents.map(
    (document) => `${document.kind} ${document.origin}${document.kind === 'directory' ? '' : ` ${document.text}`}`,
  );
};

const cases: readonly { name: string; entries: Entries; paths: readonly string[]; documents: readonly string[] }[] = [
  {
    name: 'a file, and what is on the way',
    entries: { 'etc/a': 'x' },
    paths: ['/etc/a'],
    documents: ['directory /', 'directory /etc', 'file /etc/a x'],
  },
  {
    name: 'each thing once',
    entries: { 'etc/a': 'x' },
    paths: ['/etc/a', '/etc/a', '/etc'],
    documents: ['directory /', 'directory /etc', 'file /etc/a x'],
  },
  {
    name: 'nothing there',
    entries: { 'etc/a': 'x' },
    paths: ['/etc/b', '/usr/c'],
    documents: ['directory /', 'directory /etc'],
  },
  {
    name: 'below a file',
    entries: { 'etc/a': 'x' },
    paths: ['/etc/a/b'],
    documents: ['directory /', 'directory /etc', 'file /etc/a x'],
  },
  {
    name: 'a relative link',
    entries: { 'etc/a': { link: 'b' }, 'etc/b': 'x' },
    paths: ['/etc/a'],
    documents: ['directory /', 'directory /etc', 'link /etc/a b', 'file /etc/b x'],
  },
  {
    name: 'an absolute link stays within the root',
    entries: { 'etc/a': { link: '/etc/hostname' }, 'etc/hostname': 'made up' },
    paths: ['/etc/a'],
    documents: ['directory /', 'directory /etc', 'link /etc/a /etc/hostname', 'file /etc/hostname made up'],
  },
  {
    name: 'an absolute link to what only the auditing host has leads nowhere',
    entries: { 'etc/a': { link: '/etc/passwd' } },
    paths: ['/etc/a'],
    documents: ['directory /', 'directory /etc', 'link /etc/a /etc/passwd'],
  },
  {
    name: 'a link with .. never climbs above the root',
    entries: { 'etc/a': { link: '../../../../../../../../etc/passwd' } },
    paths: ['/etc/a'],
    documents: ['directory /', 'directory /etc', 'link /etc/a ../../../../../../../../etc/passwd'],
  },
  {
    name: 'a path with .. never climbs above the root',
    entries: { 'etc/a': 'x' },
    paths: ['/../../../../../etc/passwd'],
    documents: ['directory /', 'directory /etc'],
  },
  {
    name: 'a link to a directory',
    entries: { run: { link: '/var/run' }, 'var/run/a': 'x' },
    paths: ['/run/a'],
    documents: ['directory /', 'link /run /var/run', 'directory /var', 'directory /var/run', 'file /var/run/a x'],
  },
  {
    name: 'a link out by its directory',
    entries: { out: { link: '/' }, 'etc/a': 'x' },
    paths: ['/out/etc/passwd'],
    documents: ['directory /', 'link /out /', 'directory /etc'],
  },
  {
    name: 'links in a circle',
    entries: { a: { link: 'b' }, b: { link: 'a' } },
    paths: ['/a'],
    documents: ['directory /', 'link /a b', 'link /b a'],
  },
  {
    name: 'bytes stay bytes',
    entries: { a: '\u00fc\u0000\u00ff' },
    paths: ['/a'],
    documents: ['directory /', 'file /a \u00fc\u0000\u00ff'],
  },
];

describe('looking', () => {
  for (const { name, entries, paths, documents } of cases) {
    test(name, (context) => assert.deepEqual(look(context, entries, ...paths), documents));
  }
  test('a directory with its mode and owner', (context) => {
    const { root, documents, reader } = readerOf(context, { srv: null });
    chmodSync(join(root, 'srv'), 0o1750);
    reader.look('/srv');
    // The group is that of the folder above it where that one is set-group-ID.
    const { uid, gid } = lstatSync(join(root, 'srv'));
    assert.deepEqual(documents[1], { kind: 'directory', origin: '/srv', mode: 0o1750, uid, gid });
  });
  test('a file that is too large is not read', (context) => {
    const { root, documents, reader } = readerOf(context, { a: '' });
    truncateSync(join(root, 'a'), 50 * 1024 * 1024);
    reader.look('/a');
    assert.equal(documents[1]?.kind, 'unreadable');
  });
  test('a pipe is not opened, and not taken for an empty file', (context) => {
    const { root, documents, reader } = readerOf(context, {});
    execFileSync('/usr/bin/mkfifo', [join(root, 'a')]);
    reader.look('/a');
    assert.deepEqual(
      documents.map(({ kind }) => kind),
      ['directory', 'unreadable'],
    );
  });
});

describe('noting', () => {
  const noted = (context: TestContext, entries: Entries, act: 'note' | 'link', path: string): string[] => {
    const { reader, documents } = readerOf(context, entries);
    reader[act](path);
    return documents
      .filter(({ kind }) => kind !== 'directory')
      .map(({ kind, origin, ...rest }) => `${kind} ${origin} ${'text' in rest ? rest.text : ''}`);
  };
  test('a file is there, whatever is in it', (context) =>
    assert.deepEqual(noted(context, { 'srv/a': 'x' }, 'note', '/srv/a'), ['file /srv/a ']));
  test('however large it is', (context) => {
    const { root, reader, documents } = readerOf(context, { 'srv/a': '' });
    truncateSync(join(root, 'srv/a'), 2 ** 40);
    reader.note('/srv/a');
    const last = documents.at(-1);
    assert.deepEqual([last?.kind, last?.kind === 'file' && last.text], ['file', '']);
  });
  test('behind a link', (context) =>
    assert.deepEqual(noted(context, { 'srv/a': 'x', dev: { link: 'srv' } }, 'note', '/dev/a'), [
      'link /dev srv',
      'file /srv/a ',
    ]));
  test('a link itself, not what it leads to', (context) => {
    const entries: Entries = { 'proc/900/exe': { link: '/usr/bin/qemu' }, 'usr/bin/qemu': 'x' };
    assert.deepEqual(noted(context, entries, 'link', '/proc/900/exe'), ['link /proc/900/exe /usr/bin/qemu']);
  });
  test('a link to what is gone', (context) => {
    const entries: Entries = { 'proc/900/exe': { link: '/usr/bin/qemu (deleted)' } };
    assert.deepEqual(noted(context, entries, 'link', '/proc/900/exe'), ['link /proc/900/exe /usr/bin/qemu (deleted)']);
  });
  test('nothing', (context) => {
    assert.deepEqual(noted(context, {}, 'link', '/proc/900/exe'), []);
    assert.deepEqual(noted(context, {}, 'note', '/srv/a'), []);
  });
});

describe('the names in a directory', () => {
  test('sorted', (context) =>
    assert.deepEqual(readerOf(context, { 'd/b': '', 'd/a': '' }).reader.names('/d'), ['a', 'b']));
  test('through a link within the root', (context) =>
    assert.deepEqual(readerOf(context, { d: { link: '/e' }, 'e/a': '' }).reader.names('/d'), ['a']));
  test('never of the auditing host', (context) =>
    assert.deepEqual(readerOf(context, { d: { link: '/etc' } }).reader.names('/d'), []));
  test('one that is not UTF-8 is there and can’t be read, rather than not there', (context) => {
    const { root, documents, reader } = readerOf(context, { 'd/a': '' });
    writeFileSync(Buffer.concat([Buffer.from(join(root, 'd/b')), Buffer.from([0xff])]), '');
    assert.deepEqual(reader.names('/d'), ['a']);
    assert.deepEqual(documents.at(-1), {
      kind: 'unreadable',
      origin: '/d/b\ufffd',
      text: '/d/b\ufffd: the name is not UTF-8',
      reason: 'error',
    });
  });
  test('of none, or of a file', (context) => {
    const { reader } = readerOf(context, { a: '' });
    assert.deepEqual([...reader.names('/nowhere'), ...reader.names('/a')], []);
  });
});

test('the tree of what was read knows a directory through a link that is not ASCII', (context) => {
  const büchse = Buffer.from('büchse').toString('utf8');
  const { reader, documents } = readerOf(context, { sockets: { link: `srv/${büchse}` }, [`srv/${büchse}`]: null });
  reader.look('/sockets');
  const directory = createHostTree(documents).directory('/sockets');
  assert.ok(directory !== undefined, JSON.stringify(documents));
});

/** Looks as nobody, since root may read everything. */
const lookAsNobody = (root: string, path: string): string => {
  const module = join(import.meta.dirname, '..', '..', 'src', 'sources', 'hostRoot', 'rootReader.ts');
  // Loaded and entered as root, who may read the sources and come into any folder for temporary files; read as nobody.
  const script = `const { createRootReader } = await import(${JSON.stringify(module)});
process.chdir(${JSON.stringify(root)}); process.setgroups([]); process.setgid(65534); process.setuid(65534);
const reader = createRootReader('.', ({ kind, origin, text }) => console.log(kind, origin, text ?? ''));
reader.names(${JSON.stringify(path)});`;
  return String(execFileSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script]));
};

describe('without the right to read', {
  skip: process.getuid?.() === 0 ? false : 'only root can become nobody',
}, () => {
  test('a directory that can not be listed, and one below one that can not be entered', (context) => {
    const { root } = readerOf(context, { 'etc/closed/a': 'x' });
    for (const open of ['', 'etc']) chmodSync(join(root, open), 0o755);
    chmodSync(join(root, 'etc/closed'), 0o700);
    const denied = (path: string) =>
      `unreadable ${path} ${path}: permission denied; run as root or with CAP_DAC_READ_SEARCH\n`;
    const way = 'directory / \ndirectory /etc \ndirectory /etc/closed \n';
    assert.equal(lookAsNobody(root, '/etc/closed'), way + denied('/etc/closed'));
    assert.equal(lookAsNobody(root, '/etc/closed/a'), way + denied('/etc/closed/a'));
  });
});
