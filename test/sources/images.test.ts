import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import type { NamedImage } from '../../src/model/imageHeader.ts';
import { collect } from '../../src/sources/collect.ts';
import { apparmor } from '../../src/sources/hostRoot/apparmor.ts';
import { FileCache } from '../../src/sources/hostRoot/fileCache.ts';
import { host } from '../../src/sources/hostRoot/host.ts';
import { headerBytes, qcow2Header } from '../../src/sources/hostRoot/qcow2Header.ts';
import { madeUpRoot } from './madeUpRoot.ts';
import { qcow2Bytes } from './qcow2Bytes.ts';

describe('the header of an image', () => {
  const cases: readonly (readonly [name: string, bytes: string, header: object])[] = [
    ['raw', '\0'.repeat(512), { format: 'other' }],
    ['empty', '', { format: 'other' }],
    ['on nothing', qcow2Bytes({}), { format: 'qcow2' }],
    ['on another', qcow2Bytes({ backing: 'a.qcow2' }), { format: 'qcow2', backing: 'a.qcow2' }],
    [
      'whose format is named',
      qcow2Bytes({ backing: '/ä b', format: 'raw' }),
      { format: 'qcow2', backing: '/ä b', backingFormat: 'raw' },
    ],
    [
      'of version 2',
      qcow2Bytes({ version: 2, backing: 'a', format: 'qcow2' }),
      { format: 'qcow2', backing: 'a', backingFormat: 'qcow2' },
    ],
    [
      'on what libvirt does not understand: not even its name, in which a password may be',
      qcow2Bytes({ backing: 'json:{"file.password": "x"}' }),
      { format: 'qcow2', why: 'what it lies on is named in a way that libvirt does not understand' },
    ],
    [
      'on what a server has',
      qcow2Bytes({ backing: 'nbd://h/x', format: 'raw' }),
      {
        format: 'qcow2',
        network: { '@protocol': 'nbd', '@name': 'x', host: [{ '@name': 'h' }] },
        backingFormat: 'raw',
      },
    ],
    [
      'on a name in Latin-1',
      qcow2Bytes({ backing: 'a.qcow2' }).replace('a.qcow2', '\xc4.qcow2'),
      { format: 'qcow2', why: 'the name of what it lies on is not UTF-8' },
    ],
    [
      'on a name with a NUL',
      qcow2Bytes({ backing: 'a.qcow2' }).replace('a.qcow2', 'a\0qcow2'),
      { format: 'qcow2', why: 'the name of what it lies on can be none: it has a NUL' },
    ],
    ['cut short', qcow2Bytes({}).slice(0, 20), { format: 'qcow2', why: 'its header is cut short' }],
    [
      'whose name is far behind',
      qcow2Bytes({ backing: 'a', at: 60000 }),
      { format: 'qcow2', why: 'the name of what it lies on is not within its first 4096 bytes' },
    ],
  ];
  for (const [name, bytes, header] of cases) {
    test(name, () =>
      assert.deepEqual(
        JSON.parse(Buffer.from(qcow2Header(bytes.slice(0, headerBytes)), 'latin1').toString('utf8')),
        header,
      ),
    );
  }
});

const textsOf = async (root: string, images: readonly NamedImage[], files?: FileCache, paths: string[] = []) => {
  const { documents } = await collect(
    'host',
    host(root, () => ({ paths, images }), files),
  );
  return Object.fromEntries(
    documents.flatMap((each) => (/^\/i\//.test(each.origin) && 'text' in each ? [[each.origin, each.text]] : [])),
  );
};

describe('images that are looked into', () => {
  const entries = {
    'i/top': qcow2Bytes({ backing: 'middle', format: 'qcow2' }),
    'i/middle': qcow2Bytes({ backing: '/i/raw', format: 'raw' }),
    'i/raw': qcow2Bytes({ backing: '/i/secret' }),
    'i/secret': 'secret',
    'i/circle': qcow2Bytes({ backing: 'circle', format: 'qcow2' }),
  };
  const follow = (path: string): NamedImage => ({ path, follow: true });
  test('what one lies on is, too, until a raw one, in which a guest may have written', async (context) => {
    assert.deepEqual(await textsOf(madeUpRoot(context, entries), [follow('/i/top')], new FileCache(), ['/i/top']), {
      '/i/top': '{"format":"qcow2","backing":"middle","backingFormat":"qcow2"}',
      '/i/middle': '{"format":"qcow2","backing":"/i/raw","backingFormat":"raw"}',
    });
  });
  test('a raw one alone', async (context) =>
    assert.deepEqual(Object.keys(await textsOf(madeUpRoot(context, entries), [{ path: '/i/raw', follow: false }])), [
      '/i/raw',
    ]));
  test('a circle ends, and what is missing is nothing', async (context) =>
    assert.deepEqual(Object.keys(await textsOf(madeUpRoot(context, entries), [follow('/i/circle'), follow('/i/x')])), [
      '/i/circle',
    ]));
  test('nothing that is on no disk, as in /proc', async (context) => {
    const root = madeUpRoot(context, { 'i/proc': '' });
    truncateSync(join(root, 'i/proc'), 1 << 20);
    assert.deepEqual(await textsOf(root, [follow('/i/proc')]), { '/i/proc': '' });
  });
  test('a file that is read for something else stays what it is', async (context) => {
    const save = 'var/lib/libvirt/qemu/save/a.save';
    const root = madeUpRoot(context, { ...entries, [save]: '{"format":' });
    const { documents } = await collect(
      'host',
      host(root, () => ({ paths: [], images: [follow(`/${save}`), follow('/i/circle')] })),
    );
    assert.ok(documents.some(({ origin }) => origin === '/i/circle'));
  });
  test('a file of AppArmor’s keeps its text, whatever names it', async (context) => {
    const policy = 'etc/apparmor.d/x';
    const root = madeUpRoot(context, { ...entries, [policy]: 'profile x {}' });
    const known = new FileCache();
    await textsOf(root, [follow(`/${policy}`)], known);
    const { documents } = await collect('apparmor', apparmor(root, known));
    assert.ok(documents.some((each) => 'text' in each && each.text === 'profile x {}'));
  });
  test('as an audit from scratch would, whatever was looked at or into in the last', async (context) => {
    const root = madeUpRoot(context, entries);
    const known = new FileCache();
    const rounds: readonly (readonly [images: NamedImage[], paths: string[]])[] = [
      [[], ['/i/top', '/i/middle']],
      [[follow('/i/top')], ['/i/top', '/i/middle']],
      [[follow('/i/top'), follow('/i/circle')], ['/i/top']],
      [[{ path: '/i/top', follow: false }], ['/i/top']],
      [[], ['/i/top']],
    ];
    for (const [images, paths] of rounds) {
      assert.deepEqual(
        await textsOf(root, images, known, paths),
        await textsOf(root, images, new FileCache(), paths),
        JSON.stringify([images, paths]),
      );
    }
    known.endRound();
    writeFileSync(join(root, 'i/top'), 'x');
    truncateSync(join(root, 'i/top'), 1 << 20);
    assert.deepEqual(await textsOf(root, [follow('/i/top')], known), { '/i/top': '{"format":"other"}' });
    rmSync(join(root, 'i/top'));
    assert.deepEqual(await textsOf(root, [follow('/i/top')], known), {});
  });
});

/**
 * What a document has of the image at `path` where nobody looks at it. Loaded and entered as root, who may read the sources
 * and come into any folder for temporary files.
 */
const textForNobody = (root: string, path: string): string => {
  const [chain, reader] = ['imageChain', 'rootReader'].map((name) =>
    JSON.stringify(join(import.meta.dirname, '..', '..', 'src', 'sources', 'hostRoot', `${name}.ts`)),
  );
  const script = `const { imageChain } = await import(${chain});
const { createRootReader } = await import(${reader});
process.chdir(${JSON.stringify(root)}); process.setgroups([]); process.setgid(65534); process.setuid(65534);
const reader = createRootReader('.', ({ origin, text }) => {
  if (origin === ${JSON.stringify(path)}) console.log(text);
});
imageChain(reader, { path: ${JSON.stringify(path)}, follow: true }, new Set());`;
  return String(execFileSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script]));
};

test('an image that may not be opened is there all the same', {
  skip: process.getuid?.() === 0 ? false : 'only root can become nobody',
}, (context) => {
  const root = madeUpRoot(context, { 'i/top': qcow2Bytes({}) });
  for (const open of ['', 'i']) chmodSync(join(root, open), 0o755);
  chmodSync(join(root, 'i/top'), 0);
  assert.match(textForNobody(root, '/i/top'), /^\{"format":"unknown","why":"\/i\/top: permission denied/);
});
