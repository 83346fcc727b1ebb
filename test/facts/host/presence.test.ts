import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createHostTree } from '../../../src/facts/host/hostTree.ts';
import { presenceOf } from '../../../src/facts/host/presence.ts';
import type { Document } from '../../../src/model/document.ts';
import { directory, file, link, unreadable } from './documents.ts';

const host = [directory('/proc/1'), directory('/etc/libvirt')];
const path = '/srv/images/web.qcow2';

const cases: readonly { name: string; documents: readonly Document[]; is: string }[] = [
  { name: 'a file', documents: [file(path, '')], is: 'present' },
  { name: 'a directory', documents: [directory(path)], is: 'present' },
  { name: 'through a link', documents: [link('/srv', '/data'), file('/data/images/web.qcow2', '')], is: 'present' },
  { name: 'nothing there', documents: host, is: 'missing' },
  { name: 'a link to nowhere', documents: [...host, link(path, '/mnt/web.qcow2')], is: 'missing' },
  { name: 'no documents of the host at all', documents: [], is: 'unknown' },
  { name: 'a disk’s root, with libvirt but without processes', documents: [directory('/etc/libvirt')], is: 'unknown' },
  { name: 'a running machine without libvirt', documents: [directory('/proc/1')], is: 'unknown' },
  { name: 'a folder above that may not be entered', documents: [...host, unreadable('/srv/images')], is: 'unknown' },
];

describe('whether something is at a path', () => {
  for (const { name, documents, is } of cases) {
    test(name, () => assert.equal(presenceOf(createHostTree(documents), path).is, is));
  }
  test('what is missing of the signs of a host is named', () => {
    const presence = presenceOf(createHostTree([directory('/etc/libvirt')]), path);
    assert.match('why' in presence ? presence.why : '', /\(no \/proc\/1\)$/);
  });
});
