import assert from 'node:assert/strict';
import { test } from 'node:test';
import { holderOf } from '../../src/exporter/holderOf.ts';

const cases: readonly [address: string | undefined, holder: string][] = [
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['::1', '0:0:0:0::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['2001:db8:0:1:a:b:c:d', '2001:db8:0:1::/64'],
  ['2001:db8:a:b::', '2001:db8:a:b::/64'],
  ['2001:db8::2:0:0:0:1', '2001:db8:0:2::/64'],
  ['fe80::5054:ff:fe12:3456%virbr0', 'fe80:0:0:0::/64'],
  ['64:ff9b::192.0.2.7', '64:ff9b:0:0::/64'],
  [undefined, ''],
];

for (const [address, holder] of cases)
  test(`behind ${address ?? 'no address any more'} stands ${holder || 'nobody'}`, () =>
    assert.equal(holderOf(address), holder));
