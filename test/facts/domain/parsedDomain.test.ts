import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseDomain } from '../../../src/facts/domain/parsedDomain.ts';
import type { Document, DomainDocument } from '../../../src/model/document.ts';

const uuid = '5a1f1c3e-6f0e-4c55-9c9b-0d4c2f0a7a01';
const document = (text: string, about: Partial<DomainDocument> = {}): DomainDocument => ({
  kind: 'domain',
  origin: 'qemu:///system',
  text,
  definition: 'live',
  state: 'paused',
  ...about,
});
const common = { definition: 'live', state: 'paused' };

describe('a domain that can be parsed', () => {
  const named = `<domain type='kvm'><name>web</name><uuid>${uuid}</uuid></domain>`;
  test('goes by the name and uuid of its XML', () =>
    assert.deepEqual(parseDomain(document(named, { name: 'other' })), {
      ...common,
      name: 'web',
      uuid,
      domain: { '@type': 'kvm', name: 'web', uuid },
    }));
  test('without them by what is known beside it', () =>
    assert.deepEqual(parseDomain(document("<domain type='kvm'/>", { name: 'web', uuid })), {
      ...common,
      name: 'web',
      uuid,
      domain: { '@type': 'kvm' },
    }));
  test('without either by its origin', () =>
    assert.equal(parseDomain(document("<domain type='kvm'><name/></domain>"))?.name, 'qemu:///system'));
  test('of a state that nobody told', () => {
    const { state: _state, ...stateless } = document(named);
    assert.equal(parseDomain(stateless)?.state, 'other');
  });
});

describe('a domain that can not be parsed', () => {
  test('goes by what is known beside it, and says where it is broken', () => {
    const parsed = parseDomain(document("<domain type='kvm'>\n  <name>web</nam>\n</domain>", { name: 'web', uuid }));
    assert.equal(parsed?.name, 'web');
    assert.equal(parsed.uuid, uuid);
    assert.equal(parsed.domain, undefined);
    assert.equal(parsed.problem?.reason, 'parse');
    assert.match(parsed.problem.text, /^qemu:\/\/\/system:2:\d+: ./);
  });
  for (const [name, text] of Object.entries({
    empty: '',
    'another root': '<network/>',
    'cut off': "<domain type='kvm'><name>web",
  })) {
    test(name, () => {
      const parsed = parseDomain(document(text));
      assert.equal(parsed?.problem?.reason, 'parse');
      assert.equal(parsed.name, 'qemu:///system');
    });
  }
});

describe('a domain that can not be read', () => {
  const unreadable: Document = {
    kind: 'unreadable',
    origin: 'qemu:///system',
    text: 'no answer',
    reason: 'timeout',
    domain: { name: 'web', uuid: '', definition: 'config' },
  };
  test('is known by name, with the reason', () =>
    assert.deepEqual(parseDomain(unreadable), {
      name: 'web',
      definition: 'config',
      state: 'other',
      problem: { text: 'no answer', reason: 'timeout' },
    }));
  test('an unreadable file of the host is no domain', () => {
    const { domain: _domain, ...file } = unreadable;
    assert.equal(parseDomain(file), undefined);
  });
});

test('documents of other kinds are no domains', () => {
  assert.equal(parseDomain({ kind: 'capabilities', origin: 'x', text: '<capabilities/>' }), undefined);
  assert.equal(parseDomain({ kind: 'file', origin: '/etc/a.xml', text: '<domain/>' }), undefined);
});
