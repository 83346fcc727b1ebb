import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { HostDocument } from '../../src/model/document.ts';
import { denials } from '../../src/sources/hostRoot/denials.ts';
import { createRootReader } from '../../src/sources/hostRoot/rootReader.ts';
import { madeUpRoot } from './madeUpRoot.ts';

const refusal = 'audit: type=1400 audit(1.0:1): apparmor="DENIED" operation="open" profile="libvirtd" name="/a"';

const read = (context: TestContext, log: string): string | undefined => {
  const documents: HostDocument[] = [];
  const root = madeUpRoot(context, { 'var/log/kern.log': log });
  denials(createRootReader(root, (document) => documents.push(document)));
  const found = documents.find(({ origin }) => origin === '/var/log/kern.log');
  return found?.kind === 'file' ? found.text : undefined;
};

test('only what AppArmor refused libvirt is kept of a log', (context) => {
  const others = [
    'password=secret',
    refusal.replace('libvirtd', 'snap.firefox'),
    refusal.replace('DENIED', 'ALLOWED'),
  ].join('\n');
  assert.equal(read(context, `${others}\n${refusal}\n${others}\n`), refusal);
});
test('only a log’s end is read', (context) => {
  const noise = 'x'.repeat(300 * 1024);
  assert.equal(read(context, `${refusal}\n${noise}\n${refusal.replace('/a', '/b')}\n`), refusal.replace('/a', '/b'));
});
test('an empty log is one in which nothing was refused', (context) => assert.equal(read(context, ''), ''));
test('where there is no log there is no document', (context) => {
  const documents: HostDocument[] = [];
  denials(createRootReader(madeUpRoot(context, { 'var/log': null }), (document) => documents.push(document)));
  assert.deepEqual(
    documents.filter(({ kind }) => kind === 'file'),
    [],
  );
});
