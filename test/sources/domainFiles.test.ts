import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { truncateSync } from 'node:fs';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { parseDomain } from '../../src/facts/domain/parsedDomain.ts';
import type { Document } from '../../src/model/document.ts';
import { collect } from '../../src/sources/collect.ts';
import { domainFiles } from '../../src/sources/domainFiles.ts';
import { type Entries, madeUpRoot } from './madeUpRoot.ts';

const live = "<domain type='kvm' id='4'><name>web</name></domain>";
const config = "<!-- made by libvirt -->\n<domain type='kvm'><name>db</name></domain>";

const read = async (context: TestContext, entries: Entries, names: readonly string[] = ['.']) => {
  const root = madeUpRoot(context, entries);
  const { documents, sources } = await collect('domains', domainFiles(names.map((name) => join(root, name))));
  const short = (text: string) => text.replaceAll(root, 'ROOT');
  return {
    documents: documents.map((document): Document => ({ ...document, origin: short(document.origin) })),
    reason: short(sources[0]?.reason ?? ''),
    ok: sources[0]?.ok,
  };
};

const origins = (documents: readonly Document[]) => documents.map(({ origin }) => origin);

describe('domain XML from files', () => {
  test('one file, of a domain that runs', async (context) => {
    const { documents } = await read(context, { 'web.xml': live }, ['web.xml']);
    const [{ name, ...document } = { name: '' }] = documents as { name: string }[];
    assert.match(name, /web\.xml$/);
    assert.deepEqual(document, {
      kind: 'domain',
      origin: 'ROOT/web.xml',
      text: live,
    });
  });
  test('whether it runs is for the parsed XML to say', async (context) => {
    const odd = `<!-- <capabilities> --><domain xmlns:q='a>b' id='7' type='kvm'><name>web</name><metadata><capabilities/></metadata></domain>`;
    const { documents } = await read(context, { 'db.txt': odd }, ['db.txt']);
    const [parsed] = documents.map((document) => parseDomain(document));
    assert.deepEqual([parsed?.definition, parsed?.state, parsed?.name], ['live', 'running', 'web']);
  });
  test('a folder: *.xml in order, links too, nothing below', async (context) => {
    const { documents, ok } = await read(context, {
      'b.xml': config,
      'a.xml': live,
      'c.xml': { link: 'a.xml' },
      'notes.txt': 'x',
      'autostart/d.xml': config,
      'e.xml': null,
    });
    assert.deepEqual(origins(documents), ['ROOT/a.xml', 'ROOT/b.xml', 'ROOT/c.xml']);
    assert.equal(ok, true);
  });
  test('capabilities among them', async (context) => {
    const text = '<?xml version="1.0"?>\n<capabilities>\n</capabilities>';
    const { documents } = await read(context, { 'capabilities.xml': text });
    assert.deepEqual(documents, [{ kind: 'capabilities', origin: 'ROOT/capabilities.xml', text }]);
  });
  test('another document is left to the parser', async (context) => {
    const { documents } = await read(context, { 'net.xml': '<network/>' });
    assert.equal(documents[0]?.kind, 'domain');
  });
  test('UTF-8', async (context) => {
    const { documents } = await read(context, {
      'a.xml': Buffer.from('<domain><name>bücher</name></domain>').toString('latin1'),
    });
    assert.match(documents[0]?.kind === 'domain' ? documents[0].text : '', /bücher/);
  });
});

describe('a file that can not be taken is a domain that is not known', () => {
  const unreadable = async (context: TestContext, entries: Entries) => (await read(context, entries)).documents;
  test('a dangling link', async (context) => {
    const [document] = await unreadable(context, { 'a.xml': { link: 'nowhere' } });
    assert.ok(document?.kind === 'unreadable' && document.domain !== undefined);
    assert.match(document.text, /^no such file or folder$/);
    assert.equal(document.domain.definition, 'config');
  });
  test('a file of 50 MB is refused unread', async (context) => {
    const root = madeUpRoot(context, { 'a.xml': '' });
    truncateSync(join(root, 'a.xml'), 50 * 1024 * 1024);
    const before = process.memoryUsage().arrayBuffers;
    const { documents } = await collect('domains', domainFiles([root]));
    assert.ok(documents[0]?.kind === 'unreadable');
    assert.match(documents[0].text, /52428800 bytes, more than the 4194304/);
    assert.ok(process.memoryUsage().arrayBuffers - before < 1e7);
  });
  test('bytes that are no UTF-8 are not replaced in silence', async (context) => {
    const [document] = await unreadable(context, { 'a.xml': '<domain><name>b\u00fccher</name></domain>' });
    assert.ok(document?.kind === 'unreadable', `taken as ${document?.kind}`);
    assert.match(document.text, /UTF-8/);
  });
  test('a FIFO does not hang the audit', (context) => {
    const root = madeUpRoot(context, {});
    execFileSync('/usr/bin/mkfifo', [join(root, 'a.xml')]);
    const module = join(import.meta.dirname, '..', '..', 'src', 'sources', 'domainFiles.ts');
    const script = `const { domainFiles } = await import(${JSON.stringify(module)}); await domainFiles([${JSON.stringify(root)}])(({ kind }) => console.log(kind));`;
    const output = execFileSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
      // To hang is for ever, and a busy machine may take long to load the sources.
      timeout: 60_000,
    });
    assert.equal(String(output), 'unreadable\n');
  });
});

describe('a path that is not there', () => {
  test('fails the source, with what to do', async (context) => {
    const { reason, ok } = await read(context, {}, ['nowhere']);
    assert.equal(ok, false);
    assert.match(reason, /^ROOT\/nowhere: no such file or folder; --domains takes an XML file or a folder of \*\.xml$/);
  });
  test('keeps the others from nothing', async (context) => {
    const { documents, reason } = await read(context, { 'a.xml': live }, ['nowhere', 'a.xml', 'neither']);
    assert.deepEqual(origins(documents), ['ROOT/a.xml']);
    assert.equal(reason.split('; ').filter((part) => part.includes('no such file or folder')).length, 2);
  });
});
