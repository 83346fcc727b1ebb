import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseAccounts } from '../../../../src/facts/host/qemu/accounts.ts';

const accounts = parseAccounts(
  'root:x:0:0:root:/root:/bin/bash\ntoor:x:0:0::/root:/bin/sh\nlibvirt-qemu:x:64055:108::/:/bin/false\n' +
    'root:x:7:7::/:/bin/false\n+@nis::::::\nbroken\n:x:9\n',
);

test('numbers by name: the first entry counts', () => {
  assert.deepEqual(['root', 'toor', 'libvirt-qemu', 'broken', 'nobody'].map(accounts.id), [
    0,
    0,
    64055,
    undefined,
    undefined,
  ]);
});

test('names by number: the first entry counts; a number without name is written as in a seclabel', () => {
  assert.deepEqual([0, 64055, 107].map(accounts.name), ['root', 'libvirt-qemu', '+107']);
});

test('an entry without a name names nobody', () => assert.equal(accounts.name(9), '+9'));
