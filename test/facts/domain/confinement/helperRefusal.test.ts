import assert from 'node:assert/strict';
import { test } from 'node:test';
import { helperRefusal } from '../../../../src/facts/domain/confinement/helperRefusal.ts';

const what = (path: string, isWritten: boolean) => /begins with (.*)$/.exec(helperRefusal(path, isWritten) ?? '')?.[1];

/** What virt-aa-helper of libvirt 9.0.0 refused with `--dryrun`, to let QEMU write and to let it read. */
const cases: readonly (readonly [path: string, written: string | undefined, read: string | undefined])[] = [
  ['/srv/a', undefined, undefined],
  ['/usr/share/virtio-win/a.iso', '/usr/share/', '/usr/share/'],
  ['/usr/share/OVMF/a.fd', '/usr/share/', undefined],
  ['/usr/lib/u-boot/a', '/usr/lib', undefined],
  ['/usr/lib64/a', '/usr/lib', '/usr/lib'],
  ['/usr/local/etc/a', '/usr/local/etc/', '/usr/local/etc/'],
  ['/usr/local/share/a', undefined, undefined],
  ['/boot/a', '/boot/', undefined],
  ['/vmlinuz-6.1', '/vmlinuz', undefined],
  ['/initrd.img', '/initrd', undefined],
  ['/sbin/a', '/sbin/', '/sbin/'],
  ['/library/a', '/lib', '/lib'],
  ['/etc/a', '/etc/', '/etc/'],
  ['/etcetera', undefined, undefined],
  ['/etc/libvirt-sandbox/services/a', undefined, undefined],
  ['/sys/devices/pci0000:00/a', undefined, undefined],
  ['/sys/a', '/sys/', '/sys/'],
];

test('what a path begins with that virt-aa-helper refuses', () => {
  for (const [path, written, read] of cases) {
    assert.equal(what(path, true), written, path);
    assert.equal(what(path, false), read, path);
  }
  assert.equal(helperRefusal('/srv/"a"', false), 'virt-aa-helper refuses any path with a quote in it');
});
