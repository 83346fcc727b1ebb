import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { createHostTree } from '../../src/facts/host/hostTree.ts';
import type { HostDocument } from '../../src/model/document.ts';
import { coversIn } from '../../src/sources/hostRoot/covers.ts';
import { FileCache } from '../../src/sources/hostRoot/fileCache.ts';
import { createRootReader } from '../../src/sources/hostRoot/rootReader.ts';
import { madeUpRoot } from './madeUpRoot.ts';

/** As seen in a service's namespace under systemd 252; the last three hide nothing. */
const mountinfo = `605 604 0:23 /systemd/inaccessible/dir /root ro,nosuid,nodev,noexec master:5 - tmpfs tmpfs rw,size=403152k
606 604 0:23 /systemd/inaccessible/reg /etc/pki/qemu/server\\040key.pem ro,nosuid - tmpfs tmpfs rw
607 604 0:23 /systemd/inaccessible/sock /run/libvirt/libvirt-sock ro - tmpfs tmpfs rw
608 604 254:0 /tmp/systemd-private-0a1b-virt-audit.service-XyZ/tmp /tmp rw,nosuid master:1 - ext4 /dev/vda rw
609 604 254:0 /var/tmp/systemd-private-0a1b-virt-audit.service-XyZ/tmp /var/tmp rw - ext4 /dev/vda rw
610 604 254:0 / / ro,relatime master:1 - ext4 /dev/vda rw
611 604 0:23 / /run ro - tmpfs tmpfs rw
612 604 254:0 /systemd/inaccessible /srv rw - ext4 /dev/vda rw
`;

test('what systemd hides from a service is found among its mounts, with the setting that does it', () => {
  const unit = (path: string, settings: string) =>
    [path, `${path}: virt-audit's own service hides it (${settings} of its unit)`] as const;
  assert.deepEqual(
    [...coversIn(mountinfo)],
    [
      unit('/root', 'InaccessiblePaths= or ProtectHome='),
      unit('/etc/pki/qemu/server key.pem', 'InaccessiblePaths= or ProtectHome='),
      unit('/run/libvirt/libvirt-sock', 'InaccessiblePaths= or ProtectHome='),
      unit('/tmp', 'PrivateTmp= or DynamicUser='),
      unit('/var/tmp', 'PrivateTmp= or DynamicUser='),
    ],
  );
});

test('what is hidden, and all below it, is unknown, and what is beside it is read', (context) => {
  const root = madeUpRoot(context, { 'etc/a': 'x', 'etc/b': '', 'root/.keep': '', 'home/link': { link: '/root/vm' } });
  const documents: HostDocument[] = [];
  const covered = new Map([
    ['/root', '/root: hidden'],
    ['/etc/b', '/etc/b: hidden'],
  ]);
  const reader = createRootReader(root, (document) => documents.push(document), new FileCache(), covered);
  for (const path of ['/etc/a', '/etc/b', '/home/link/disk']) reader.look(path);
  reader.note(join('/root', 'vm', 'disk'));
  assert.deepEqual(reader.names('/root'), []);
  const tree = createHostTree(documents);
  assert.equal((tree.read('/etc/a') as { text: string }).text, 'x');
  assert.deepEqual(tree.read('/etc/b'), { unreadable: '/etc/b: hidden' });
  for (const path of ['/root', '/root/vm/disk', '/home/link/disk']) {
    assert.deepEqual(tree.read(path), { unreadable: '/root: hidden' }, path);
  }
});
