import assert from 'node:assert/strict';
import { mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { HostDocument } from '../../src/model/document.ts';
import { createRootReader } from '../../src/sources/hostRoot/rootReader.ts';
import { savedStates } from '../../src/sources/hostRoot/savedStates.ts';
import { madeUpRoot } from './madeUpRoot.ts';

const path = '/var/lib/libvirt/qemu/save/web.save';
const xml = "<domain type='kvm'>\n  <name>wéb</name>\n</domain>\n";

/** A saved state as libvirt 9.0 writes it: the header, the XML, a cookie behind it, all of it padded. */
const image = (text: string, { bigEndian = false, magic = 'LibvirtQemudSave' } = {}): Buffer => {
  const header = Buffer.alloc(92);
  header.write(magic, 'latin1');
  const body = Buffer.concat([Buffer.from(`${text}\0<qemuCookie/>\0`), Buffer.alloc(64 * 1024)]);
  if (bigEndian) header.writeUInt32BE(body.length, 20);
  else header.writeUInt32LE(body.length, 20);
  return Buffer.concat([header, body, Buffer.from('the guest’s memory')]);
};

const readFrom = (context: TestContext, content: Buffer, size?: number): string | undefined => {
  const root = madeUpRoot(context, {});
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
  if (size !== undefined) truncateSync(file, size);
  const read: HostDocument[] = [];
  savedStates(createRootReader(root, (document) => read.push(document)));
  const found = read.find(({ origin }) => origin === path);
  return found?.kind === 'file' ? Buffer.from(found.text, 'latin1').toString('utf8') : undefined;
};

test('the XML that a saved state begins with, and nothing behind it', (context) =>
  assert.equal(readFrom(context, image(xml)), xml));
test('written by a host of the other byte order', (context) =>
  assert.equal(readFrom(context, image(xml, { bigEndian: true })), xml));
test('not read to its end, which may be hundreds of gigabytes away', (context) =>
  assert.equal(readFrom(context, image(xml), 300 * 2 ** 30), xml));
test('saved with its passwords, which are left out', (context) => {
  const read = readFrom(context, image("<domain><graphics type='vnc' passwd='s3cret'/></domain>"));
  assert.equal(read, "<domain><graphics type='vnc' passwd='[masked]'/></domain>");
});
for (const [name, content] of [
  ['a state that libvirt was still writing', image(xml, { magic: 'LibvirtQemudPart' })],
  ['a file that ends in the header', image(xml).subarray(0, 60)],
  ['an empty file', Buffer.alloc(0)],
] as const) {
  test(`${name}: it is there, and as what is unknown`, (context) => assert.equal(readFrom(context, content), ''));
}
