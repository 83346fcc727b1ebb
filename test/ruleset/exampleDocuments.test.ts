import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Document } from '../../src/model/document.ts';
import type { JsonObject } from '../../src/model/json.ts';
import { exampleDocuments } from '../../src/ruleset/exampleDocuments.ts';

const origin = 'example';
const live = "<domain type='kvm' id='3'/>";
const config = "<domain type='kvm'/>";

const cases: readonly { name: string; short: JsonObject; document: Document }[] = [
  {
    name: 'a domain with an id runs',
    short: { domain: live },
    document: { kind: 'domain', origin, text: live, definition: 'live', state: 'running' },
  },
  {
    name: 'a domain without id is what starts next',
    short: { domain: config },
    document: { kind: 'domain', origin, text: config, definition: 'config', state: 'shutoff' },
  },
  {
    name: 'an attribute that ends in id is no id',
    short: { domain: "<domain type='kvm' uuid='3'/>" },
    document: { kind: 'domain', origin, text: "<domain type='kvm' uuid='3'/>", definition: 'config', state: 'shutoff' },
  },
  {
    name: 'what the example says of definition and state',
    short: { domain: config, definition: 'live', state: 'paused' },
    document: { kind: 'domain', origin, text: config, definition: 'live', state: 'paused' },
  },
  {
    name: 'the state of a definition that is said',
    short: { domain: config, definition: 'live' },
    document: { kind: 'domain', origin, text: config, definition: 'live', state: 'running' },
  },
  {
    name: 'capabilities',
    short: { capabilities: '<capabilities/>' },
    document: { kind: 'capabilities', origin, text: '<capabilities/>' },
  },
  { name: 'a version', short: { version: 'x' }, document: { kind: 'version', origin, text: 'x' } },
  {
    name: 'what an agent answered',
    short: { agent: 'web', answers: { 'guest-info': { error: 'no' } } },
    document: { kind: 'agent', origin, name: 'web', text: '{"guest-info":{"error":"no"}}' },
  },
  {
    name: 'a file, one char for each byte',
    short: { file: '/etc/a', text: 'ü€' },
    document: { kind: 'file', origin: '/etc/a', text: '\u00c3\u00bc\u00e2\u0082\u00ac' },
  },
  {
    name: 'a file with its mode and owner',
    short: { file: '/etc/a', mode: '640', gid: 7 },
    document: { kind: 'file', origin: '/etc/a', text: '', mode: 0o640, uid: 0, gid: 7 },
  },
  { name: 'an empty file', short: { file: '/etc/a' }, document: { kind: 'file', origin: '/etc/a', text: '' } },
  { name: 'a link', short: { link: '/a', to: '../b' }, document: { kind: 'link', origin: '/a', text: '../b' } },
  {
    name: 'a directory as most are',
    short: { directory: '/srv' },
    document: { kind: 'directory', origin: '/srv', mode: 0o755, uid: 0, gid: 0 },
  },
  {
    name: 'a directory of somebody, its mode octal',
    short: { directory: '/srv', mode: '1770', uid: 64055, gid: 108 },
    document: { kind: 'directory', origin: '/srv', mode: 0o1770, uid: 64055, gid: 108 },
  },
  {
    name: 'something unreadable',
    short: { unreadable: '/etc/shadow', reason: 'permission denied' },
    document: { kind: 'unreadable', origin: '/etc/shadow', text: 'permission denied', reason: 'denied' },
  },
];

describe('the short form of documents in rule files', () => {
  for (const { name, short, document } of cases) {
    test(name, () => assert.deepEqual(exampleDocuments([short]), [document]));
  }
});
