/** `{$data: POINTER}` where nothing may be: ajv lets such a keyword hold, and a rule must not pass by it. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { JsonObject } from '../../../src/model/json.ts';
import { lintReferences } from '../../../src/ruleset/load/lintReferences.ts';

const vport = { const: { $data: '/systemVm/vport' } };
const named = { contains: { has: { '/target/@name': vport } } };

const demanded: readonly { name: string; clause: JsonObject; when?: JsonObject }[] = [
  {
    name: 'in when',
    when: { has: { '/systemVm/vport': {} } },
    clause: { has: { '/domain/devices/channel': named } },
  },
  {
    name: 'in when, as something inside of it',
    when: { has: { '/sockets': { has: { '/0/name': {} } } } },
    clause: { has: { '/state': { const: { $data: '/sockets/0/name' } } } },
  },
  {
    name: 'in one of all that when demands',
    when: { allOf: [{ has: { '/systemVm/vport': {} } }, { lacks: ['/agent'] }] },
    clause: { has: { '/state': vport } },
  },
  { name: 'beside the comparison', clause: { has: { '/systemVm/vport': {}, '/state': vport } } },
  { name: 'around the comparison', clause: { has: { '/systemVm/vport': {}, '/domain/devices/channel': named } } },
  { name: 'by its if', clause: { if: { has: { '/systemVm/vport': {} } }, then: { has: { '/state': vport } } } },
  { name: 'by what it is itself compared with', clause: { has: { '/systemVm/vport': { not: vport } } } },
  {
    name: 'never, where there is always something',
    clause: { has: { '/state': { const: { $data: '/definition' } } } },
  },
  { name: 'never, where it is no reference', clause: { has: { '/state': { enum: ['$data', '/agent'] } } } },
];

describe('a reference is let be when its place is demanded', () => {
  for (const { name, clause, when } of demanded) {
    test(name, () => assert.deepEqual(lintReferences(clause, '/assert', when), []));
  }
});

const mistaken: readonly { name: string; clause: JsonObject; when?: JsonObject; at: string }[] = [
  { name: 'nowhere', clause: { has: { '/state': vport } }, at: '/has/~1state/const' },
  {
    name: 'only perhaps, by anyOf',
    when: { anyOf: [{ has: { '/systemVm/vport': {} } }, { has: { '/agent': {} } }] },
    clause: { has: { '/state': vport } },
    at: '/has/~1state/const',
  },
  {
    name: 'only where it exists',
    when: { mayHave: { '/systemVm/vport': {} } },
    clause: { has: { '/state': vport } },
    at: '/has/~1state/const',
  },
  {
    name: 'not at all, by not',
    when: { not: { has: { '/systemVm/vport': {} } } },
    clause: { has: { '/state': vport } },
    at: '/has/~1state/const',
  },
  {
    name: 'where the if does not hold',
    clause: { if: { has: { '/systemVm/vport': {} } }, then: {}, else: { has: { '/state': vport } } },
    at: '/else/has/~1state/const',
  },
  {
    name: 'of an item, which is another place',
    clause: { has: { '/sockets': { items: { has: { '/systemVm/vport': {}, '/name': vport } } } } },
    at: '/has/~1sockets/items/has/~1name/const',
  },
  {
    name: 'in another branch',
    clause: { anyOf: [{ has: { '/systemVm/vport': {} } }, { not: { has: { '/state': vport } } }] },
    at: '/anyOf/1/not/has/~1state/const',
  },
  {
    name: 'as a bound or a pattern',
    clause: { has: { '/state': { pattern: { $data: '/systemVm/vport' } } } },
    at: '/has/~1state/pattern',
  },
];

describe('a reference is refused when its place is demanded', () => {
  for (const { name, clause, when, at } of mistaken) {
    test(name, () => {
      const message =
        '/systemVm/vport may be missing, and a comparison with nothing holds: demand it, as has: { /systemVm/vport: {} } in when';
      assert.deepEqual(lintReferences(clause, '/assert', when), [{ at: `/assert${at}`, message }]);
    });
  }
});
