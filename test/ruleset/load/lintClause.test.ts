import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { JsonObject } from '../../../src/model/json.ts';
import type { TargetKind } from '../../../src/model/subject.ts';
import { type ClauseMistake, lintClause } from '../../../src/ruleset/load/lintClause.ts';
import { topFacts } from '../topFacts.ts';

const right: readonly { clause: JsonObject; target?: TargetKind }[] = [
  { clause: { has: { '/domain/@type': { enum: ['kvm'] } } } },
  { clause: { has: { '/domain/devices/channel': { contains: { has: { '/target/@name': {} } } } } } },
  { clause: { has: { '/domain/devices/channel': { uniqueBy: '/target/@name' } } } },
  { clause: { lacks: ['/domain/devices/memballoon', '/agent'] } },
  { clause: { has: { '/domain/metadata/anything/goes': {} } } },
  { clause: { has: { '/sockets': { items: { lacks: ['/denied'] } } } } },
  { clause: { has: { '/host/qemu/user': { const: { $data: '/host/apparmor/daemon/label' } } } } },
  { clause: { has: { '/host/socketDirectories': { minItems: 1 } } }, target: 'host' },
  { clause: { has: { '/state': { pattern: '^(running|paused)$' } } } },
];

describe('a clause that names what there is', () => {
  for (const { clause, target = 'domain' } of right) {
    test(JSON.stringify(clause), () => assert.deepEqual(lintClause(clause, '/assert', target), []));
  }
});

const wrong: readonly {
  name: string;
  clause: JsonObject;
  target?: TargetKind;
  mistake: { at: string; message: RegExp };
}[] = [
  {
    name: 'a description of nothing',
    clause: { has: { '/state': { description: 'a state' } } },
    mistake: { at: '/assert/has/~1state/description', message: /^description alone asks for nothing/ },
  },
  {
    name: 'a misspelt element',
    clause: { has: { '/domain/devices/chanel': {} } },
    mistake: {
      at: '/assert/has/~1domain~1devices~1chanel',
      message: /^\/domain\/devices\/chanel: <devices> has no <chanel> in libvirt's schema, which knows .*channel/,
    },
  },
  {
    name: 'a misspelt attribute',
    clause: { has: { '/domain/@tpye': {} } },
    mistake: {
      at: '/assert/has/~1domain~1@tpye',
      message: /^\/domain\/@tpye: <domain> has no attribute "tpye" in libvirt's schema, which knows .*type/,
    },
  },
  {
    name: 'something inside of an attribute',
    clause: { has: { '/domain/@type/@name': {} } },
    mistake: { at: '/assert/has/~1domain~1@type~1@name', message: /attribute @type has nothing inside$/ },
  },
  {
    name: 'a step into an element that may repeat',
    clause: { has: { '/domain/devices/channel/target/@name': {} } },
    mistake: {
      at: '/assert/has/~1domain~1devices~1channel~1target~1@name',
      message: /<channel> may repeat, so it is a list: say contains or items there$/,
    },
  },
  {
    name: 'the same, from inside of has',
    clause: { has: { '/domain/devices/channel': { has: { '/target': {} } } } },
    mistake: {
      at: '/assert/has/~1domain~1devices~1channel/has/~1target',
      message: /<channel> may repeat/,
    },
  },
  {
    name: 'a star, which is no way to say contains or items: nothing is ever there',
    clause: { lacks: ['/sockets/*/denied'] },
    mistake: { at: '/assert/lacks/0', message: /contains or items/ },
  },
  {
    name: 'a star in the XML',
    clause: { mayHave: { '/domain/devices/channel/*/target/@name': { minLength: 1 } } },
    mistake: {
      at: '/assert/mayHave/~1domain~1devices~1channel~1*~1target~1@name',
      message: /contains or items/,
    },
  },
  {
    name: 'items of an element that does not repeat',
    clause: { has: { '/domain/os': { items: { has: { '/type': {} } } } } },
    mistake: { at: '/assert/has/~1domain~1os/items', message: /<os> .*no list/ },
  },
  {
    name: 'an unknown fact',
    clause: { lacks: ['/agent/inLive', '/agent/inlive'] },
    mistake: { at: '/assert/lacks/1', message: /^\/agent\/inlive: no such fact; a domain has inConfig, inLive there$/ },
  },
  {
    name: 'an unknown fact at the root: what there is, each once',
    clause: { has: { '/socket': {} } },
    mistake: {
      at: '/assert/has/~1socket',
      message: new RegExp(`^/socket: no such fact; a domain has ${topFacts.domain} there$`),
    },
  },
  {
    name: 'an unknown member of an item',
    clause: { has: { '/sockets': { uniqueBy: '/pth' } } },
    mistake: {
      at: '/assert/has/~1sockets/uniqueBy',
      message: /^\/sockets\/\*\/pth: no such fact; a domain has .*path/,
    },
  },
  {
    name: 'a domain’s fact in a rule about the host',
    clause: { has: { '/state': {} } },
    target: 'host',
    mistake: {
      at: '/assert/has/~1state',
      message: new RegExp(`^/state: no such fact; a host has ${topFacts.host} there$`),
    },
  },
  {
    name: 'an unknown fact at $data',
    clause: { has: { '/state': { const: { $data: '/host/qemu/usr' } } } },
    mistake: {
      at: '/assert/has/~1state/const',
      message: /^\/host\/qemu\/usr: no such fact; a domain has .*securityDriver.* there$/,
    },
  },
  {
    name: 'no pointer at $data',
    clause: { has: { '/state': { const: { $data: 'host/qemu/user' } } } },
    mistake: { at: '/assert/has/~1state/const', message: /^host\/qemu\/user is no JSON pointer: those begin with \/$/ },
  },
  {
    name: 'a ~ that stands for nothing',
    clause: { has: { '/domain/devices/channel': { uniqueBy: '/target/~2' } } },
    mistake: {
      at: '/assert/has/~1domain~1devices~1channel/uniqueBy',
      message: /^\/target\/~2 is no JSON pointer: ~ is written ~0 there/,
    },
  },
  {
    name: 'a pattern that is none',
    clause: { anyOf: [{ has: { '/state': {} } }, { has: { '/state': { pattern: '(' } } }] },
    mistake: { at: '/assert/anyOf/1/has/~1state/pattern', message: /Unterminated group/ },
  },
];

describe('a clause that names what is never there', () => {
  for (const { name, clause, target = 'domain', mistake } of wrong) {
    test(name, () => {
      const [first, ...others]: ClauseMistake[] = lintClause(clause, '/assert', target);
      assert.deepEqual(others, []);
      assert.equal(first?.at, mistake.at);
      assert.match(first.message, mistake.message);
    });
  }
  test('every mistake is told', () => {
    const clause = { has: { '/x': {}, '/y': {} }, lacks: ['/z'] };
    assert.equal(lintClause(clause, '/when', 'domain').length, 3);
  });
});
