import assert from 'node:assert/strict';
import { test } from 'node:test';
import { maskSecrets } from '../../src/sources/maskSecrets.ts';

test('of a hook script only the lines that rules judge stay, in their places', () => {
  const text = '#!/bin/sh\nTOKEN=s3cret\ncat /dev/vport0p1\ncurl -u me:s3cret https://a/\n';
  assert.deepEqual(maskSecrets({ kind: 'file', origin: '/etc/libvirt/hooks/qemu.d/a', text, mode: 0o755 }), {
    kind: 'file',
    origin: '/etc/libvirt/hooks/qemu.d/a',
    text: '\n\ncat /dev/vport0p1\n\n',
    mode: 0o755,
  });
});
