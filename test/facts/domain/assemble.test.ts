import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { loadCatalogue } from '../../../src/auditor/loadCatalogue.ts';
import { evaluate } from '../../../src/engine/evaluate.ts';
import { assemble, parseDomains } from '../../../src/facts/assemble.ts';
import { agentName } from '../../../src/facts/domain/channels/channels.ts';
import { neededPaths } from '../../../src/facts/neededPaths.ts';
import type { Document } from '../../../src/model/document.ts';
import { valueAt } from '../../../src/model/pointer.ts';
import { createCompiler } from '../../../src/ruleset/compile/compileRule.ts';
import { file } from '../host/documents.ts';
import { channel, domainDocument } from './domainXml.ts';

const agent = channel({ name: agentName });
const live = { definition: 'live', state: 'running' } as const;

const subjectsOf = (...documents: Document[]) => assemble(parseDomains(documents), documents).subjects;
const names = (...documents: Document[]) =>
  subjectsOf(...documents).map(({ target, definition }) => `${target.kind} ${target.name} ${definition ?? ''}`.trim());

describe('the subjects', () => {
  test('the host alone', () => assert.deepEqual(names(), ['host localhost']));
  test('the host first, then each definition of each domain', () =>
    assert.deepEqual(
      names(
        file('/etc/hostname', 'kvm1\n'),
        domainDocument('', live),
        domainDocument(''),
        domainDocument('', { called: 'db', id: '2' }),
      ),
      ['host kvm1', 'domain web live', 'domain web config', 'domain db config'],
    ));
});

describe('in which definitions the agent’s channel is', () => {
  const facts = (...documents: Document[]) =>
    subjectsOf(...documents)
      .slice(1)
      .map((subject) => valueAt(subject.facts, '/agent'));
  test('both definitions tell, to both', () => {
    const told = { inLive: true, inConfig: false };
    assert.deepEqual(facts(domainDocument(agent, live), domainDocument('')), [told, told]);
  });
  test('a single definition tells nothing', () => assert.deepEqual(facts(domainDocument(agent)), [undefined]));
  test('definitions of different domains', () =>
    assert.deepEqual(facts(domainDocument(agent, live), domainDocument('', { id: '2' })), [undefined, undefined]));
  test('the other definition unreadable: not known, rather than not there', () => {
    const unreadable: Document = {
      kind: 'unreadable',
      origin: 'x',
      text: 'no answer',
      reason: 'timeout',
      domain: { name: 'web', uuid: '5a1f1c3e-6f0e-4c55-9c9b-0d4c2f0a7a01', definition: 'config' },
    };
    const [, subject] = subjectsOf(domainDocument(agent, live), unreadable);
    assert.ok(
      subject?.unknown.some(({ at }) => '/agent/inConfig'.startsWith(at)),
      'said nowhere',
    );
  });
});

test('the directories to look at: libvirt’s, CloudStack’s, and those in the XML that libvirt does not make itself', () => {
  const paths = [
    '/srv/sockets/web.agent',
    '/var/lib/libvirt/qemu/channel/target/domain-1-web/a',
    '/run/libvirt/qemu/channel/1-web/a',
    '/var/run/libvirt/qemu/channel/1-web/a',
    'relative',
  ];
  const devices = paths.map((path) => channel({ path, name: path })).join('');
  const agentFile = file('/etc/cloudstack/agent/agent.properties', 'qemu.sockets.path=/srv/cs\n');
  assert.deepEqual(neededPaths(parseDomains([domainDocument(devices)]), [agentFile]).paths, [
    '/var/lib/libvirt/qemu',
    '/var/lib/libvirt/qemu/channel/target',
    '/run/libvirt/qemu/channel',
    '/srv/cs',
    '/srv/sockets',
  ]);
});

describe('a domain that is not known', () => {
  const rules = loadCatalogue([]).map(createCompiler());
  const domainRules = rules.filter(({ info }) => info.target === 'domain').length;
  const uuid = '5a1f1c3e-6f0e-4c55-9c9b-0d4c2f0a7a09';
  const broken: Readonly<Record<string, Document>> = {
    'cut off': { ...domainDocument(agent, { name: 'broken' }), text: "<domain type='kvm'><name>broken</name>" },
    unreadable: {
      kind: 'unreadable',
      origin: 'qemu:///system',
      text: 'no answer',
      reason: 'timeout',
      domain: { name: 'broken', uuid, definition: 'config' },
    },
  };
  for (const [name, document] of Object.entries(broken)) {
    test(`${name}: every rule is an error for it, and the others are judged`, () => {
      const findings = evaluate(rules, subjectsOf(document, domainDocument(agent)));
      const of = (domain: string) =>
        findings.filter(({ target }) => target.name === domain).map(({ outcome }) => outcome);
      assert.deepEqual(
        of('broken'),
        Array.from({ length: domainRules }, () => 'error'),
      );
      assert.equal(of('web').length, domainRules);
      assert.ok(of('web').includes('pass'));
    });
    test(`${name}: counted as unaudited`, () => {
      const [, subject] = subjectsOf(document);
      assert.equal(subject?.unaudited, name === 'unreadable' ? 'timeout' : 'parse');
    });
  }
});
