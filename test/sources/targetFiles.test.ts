import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { InputError } from '../../src/model/inputError.ts';
import { targetFiles } from '../../src/sources/targetFiles.ts';
import { madeUpRoot } from './madeUpRoot.ts';

const capabilities = '<capabilities>\n  <host/>\n</capabilities>\n';
const domcapabilities = "<?xml version='1.0'?>\n<domainCapabilities>\n  <path>/q</path>\n</domainCapabilities>\n";
const bundle = JSON.stringify({
  format: 'virt-audit-bundle',
  version: 1,
  time: '2026-01-01T00:00:00Z',
  program: 'virt-audit 0',
  sources: [],
  documents: [{ kind: 'version', origin: 'x', text: 'Running hypervisor: QEMU 10.0.2' }],
});

describe('files that tell of a target', () => {
  const kinds = (context: Parameters<typeof madeUpRoot>[0], files: Record<string, string>) => {
    const root = madeUpRoot(context, files);
    return targetFiles(Object.keys(files).map((name) => join(root, name))).documents.map(({ kind }) => kind);
  };
  test('capabilities and domcapabilities', (context) =>
    assert.deepEqual(kinds(context, { a: capabilities, b: domcapabilities }), ['capabilities', 'domcapabilities']));
  test('several answers in one file', (context) =>
    assert.deepEqual(kinds(context, { a: `${capabilities}\n${domcapabilities}\n${domcapabilities}` }), [
      'capabilities',
      'domcapabilities',
      'domcapabilities',
    ]));
  test('a bundle', (context) => assert.deepEqual(kinds(context, { a: bundle }), ['version']));
  test('a packed bundle', (context) => {
    const path = join(madeUpRoot(context, {}), 'a.gz');
    writeFileSync(path, gzipSync(bundle));
    assert.equal(targetFiles([path]).documents.length, 1);
  });
  test('a bundle, with the sources that failed', (context) => {
    const failed = { name: 'apparmor', ok: false, seconds: 1, reason: 'timed out' };
    const sources = [failed, { name: 'host', ok: true, seconds: 1 }];
    const root = madeUpRoot(context, { a: JSON.stringify({ ...JSON.parse(bundle), sources }) });
    assert.deepEqual(targetFiles([join(root, 'a')]).failed, [failed]);
  });
  test('of one host, more than once', (context) => {
    const of = (uuid: string, arch = 'x86_64') =>
      capabilities.replace(
        '<host/>',
        `<host>\n    <uuid>${uuid}</uuid>\n    <cpu><arch>${arch}</arch></cpu>\n  </host>`,
      );
    assert.equal(kinds(context, { a: of('aB'), b: of('Ab'), c: capabilities }).length, 3);
    const late = /b: names other CPUs or emulators than .*a, and both are of the host ab, so of different times; leave/;
    assert.throws(() => kinds(context, { a: of('aB'), b: of('Ab', 'aarch64') }), { name: 'InputError', message: late });
    const wrong = /b: is of the host 2, and .*a of 1; a target is one host, so ask of each on its own/;
    assert.throws(() => kinds(context, { a: of('1'), b: of('2', 'aarch64') }), { name: 'InputError', message: wrong });
    assert.throws(() => kinds(context, { a: of('1') + of('2', 'aarch64') }), /is of the host 2/);
    // libvirtd made up a uuid at each of two starts.
    assert.equal(kinds(context, { a: of('1'), b: of('2') }).length, 2);
  });
  test('a release alone', () =>
    assert.deepEqual(targetFiles([], '10.1'), { name: 'QEMU 10.1', documents: [], qemu: '10.1' }));
});

describe('a file that tells of no target', () => {
  const wrong: readonly (readonly [string, string, RegExp])[] = [
    ['another kind of XML', '<domain/>', /a: is <domain>; --target takes a bundle/],
    ['no XML', 'hello', /a: neither a bundle nor XML; --target takes/],
    ['broken JSON', '{ "format": ', /a: no JSON: .*; --target takes/],
    ['another JSON', '{}', /a: no bundle; virt-audit collect/],
    ['a bundle of the future', bundle.replace('"version":1', '"version":9'), /a: a bundle of version 9/],
    ['empty', '', /a: neither a bundle nor XML/],
  ];
  for (const [name, text, message] of wrong) {
    test(name, (context) => {
      const path = join(madeUpRoot(context, { a: text }), 'a');
      assert.throws(
        () => targetFiles([path]),
        (error) => error instanceof InputError && message.test(error.message) && !error.message.includes('\n'),
      );
    });
  }
  test('one that is not there', () =>
    assert.throws(() => targetFiles(['/nope']), /\/nope: no such file or folder; --target takes/));
});
