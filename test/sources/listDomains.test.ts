import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Hypervisor } from 'node-libvirt';
import { listDomains } from '../../src/sources/libvirt/listDomains.ts';

test('a transient domain that is created while domains are listed is not taken for a persistent one', async () => {
  const uuid = '5a1f1c3e-6f0e-4c55-9c9b-0d4c2f0a7a01';
  const created = { getUUIDString: async () => uuid, getInfo: async () => ({ state: 1 }) };
  let there: object[] = [];
  const hypervisor = {
    // libvirt answers what is there when it comes to a question; here the domain comes while it is at the first.
    connectListAllDomains: async (flag?: number) => {
      if (flag === undefined) {
        await sleep(5);
        there = [created];
      }
      return flag === undefined || flag === 1 << 3 ? there : [];
    },
  } as unknown as Hypervisor;
  const listed = await listDomains(hypervisor, 4);
  assert.deepEqual(
    listed.map(({ transient }) => transient),
    [true],
  );
});
