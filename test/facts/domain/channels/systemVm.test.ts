import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { systemVm } from '../../../../src/facts/domain/channels/systemVm.ts';

const cases: readonly { name: string; onCloudstack: boolean; elsewhere: boolean }[] = [
  { name: 'r-4-VM', onCloudstack: true, elsewhere: true },
  { name: 's-1-VM', onCloudstack: true, elsewhere: true },
  { name: 'v-215-VM', onCloudstack: true, elsewhere: true },
  { name: 'v-2-QA', onCloudstack: true, elsewhere: false },
  { name: 'i-2-10-VM', onCloudstack: false, elsewhere: false },
  { name: 'r-4-VM-clone', onCloudstack: false, elsewhere: false },
  { name: 'r--VM', onCloudstack: false, elsewhere: false },
  { name: 'R-4-VM', onCloudstack: false, elsewhere: false },
  { name: 'r-4-', onCloudstack: false, elsewhere: false },
];

describe('a system VM by its name', () => {
  for (const { name, onCloudstack, elsewhere } of cases) {
    const facts = { systemVm: { vport: `${name}.vport` } };
    test(`${name} with CloudStack’s agent: ${onCloudstack}`, () =>
      assert.deepEqual(systemVm(name, true), onCloudstack ? facts : {}));
    test(`${name} without: ${elsewhere}`, () => assert.deepEqual(systemVm(name, false), elsewhere ? facts : {}));
  }
});

test('the operator’s own word on the names counts more', () => {
  assert.deepEqual(systemVm('router-7', false, '^router-'), { systemVm: { vport: 'router-7.vport' } });
  assert.deepEqual(systemVm('r-4-VM', true, '^router-'), {});
});
