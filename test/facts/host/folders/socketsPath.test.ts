import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type SocketsPath, socketsPathOf } from '../../../../src/facts/host/folders/socketsPath.ts';
import { createHostTree } from '../../../../src/facts/host/hostTree.ts';
import type { Document } from '../../../../src/model/document.ts';
import { file, unreadable } from '../documents.ts';

const path = '/etc/cloudstack/agent/agent.properties';
const properties = (text: string) => [file(path, text)];

const cases: readonly { name: string; documents: readonly Document[]; known: SocketsPath | undefined }[] = [
  { name: 'no agent', documents: [], known: undefined },
  { name: 'an agent that says nothing', documents: properties('guid=1\n'), known: { path: '/var/lib/libvirt/qemu' } },
  {
    name: 'commented out',
    documents: properties('# qemu.sockets.path=/srv\n'),
    known: { path: '/var/lib/libvirt/qemu' },
  },
  { name: 'empty', documents: properties('qemu.sockets.path=\n'), known: { path: '/var/lib/libvirt/qemu' } },
  { name: 'set', documents: properties('qemu.sockets.path=/srv/sockets\n'), known: { path: '/srv/sockets' } },
  {
    name: 'with slashes at the end',
    documents: properties('qemu.sockets.path=/srv/sockets//\n'),
    known: { path: '/srv/sockets' },
  },
  { name: 'the root', documents: properties('qemu.sockets.path=/\n'), known: { path: '/' } },
  { name: 'unreadable', documents: [unreadable(path)], known: { unreadable: `${path}: permission denied` } },
];

describe('where CloudStack’s agent puts sockets', () => {
  for (const { name, documents, known } of cases) {
    test(name, () => assert.deepEqual(socketsPathOf(createHostTree(documents)), known));
  }
  test('the operator’s own word counts more', () =>
    assert.deepEqual(socketsPathOf(createHostTree(properties('qemu.sockets.path=/srv\n')), '/own/'), { path: '/own' }));
});
