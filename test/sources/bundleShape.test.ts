import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { InputError } from '../../src/model/inputError.ts';
import { bundleOf } from '../../src/sources/bundleFile.ts';

const bundle = (more: object): object => ({
  format: 'virt-audit-bundle',
  version: 1,
  time: '2026-11-29T08:00:00.000Z',
  program: 'virt-audit 0.1.0',
  sources: [{ name: 'host', ok: true, seconds: 0.1 }],
  documents: [],
  ...more,
});

const domain = { name: 'web', uuid: '', definition: 'live' };

describe('what is no bundle is refused with its place', () => {
  const wrong: readonly { name: string; more: object; place: RegExp }[] = [
    { name: 'no time', more: { time: undefined }, place: /time: undefined/ },
    { name: 'a time that is none', more: { time: '2026-13-01T00:00:00Z' }, place: /time: "2026-13/ },
    { name: 'a time in seconds', more: { time: 1_764_400_000 }, place: /time: 1764400000/ },
    { name: 'a source without its name', more: { sources: [{ ok: true, seconds: 1 }] }, place: /sources\.0/ },
    { name: 'no object', document: null },
    { name: 'a kind that is none', document: { kind: 'constructor', origin: '/etc', text: '' } },
    { name: 'a directory without its mode', document: { kind: 'directory', origin: '/etc', uid: 0, gid: 0 } },
    { name: 'a relative path', document: { kind: 'file', origin: 'etc/passwd', text: '' } },
    { name: 'a path that leads up', document: { kind: 'file', origin: '/etc/../passwd', text: '' } },
    { name: 'a definition that is none', document: { kind: 'domain', origin: 'x', text: '', definition: 'bogus' } },
    { name: 'a state that is a number', document: { kind: 'domain', origin: 'x', text: '', state: 5 } },
    { name: 'a name that is a number', document: { kind: 'domain', origin: 'x', text: '', name: 5 } },
    { name: 'a reason that is none', document: { kind: 'unreadable', origin: '/x', text: '', reason: 'bogus' } },
    {
      name: 'an unreadable domain that is null',
      document: { kind: 'unreadable', origin: 'x', text: '', reason: 'error', domain: null },
    },
  ].map(({ name, more, place, document }: { name: string; more?: object; place?: RegExp; document?: unknown }) => ({
    name,
    more: more ?? { documents: [document] },
    place: place ?? /documents\.0/,
  }));
  for (const { name, more, place } of wrong) {
    test(name, () =>
      assert.throws(
        () => bundleOf(bundle(more), 'b.json'),
        (error) => error instanceof InputError && place.test(error.message) && error.message.startsWith('b.json: '),
      ),
    );
  }
});

test('what collect writes is taken', () => {
  const documents = [
    { kind: 'domain', origin: 'qemu:///system', text: '<domain/>', definition: 'live', state: 'running', name: 'web' },
    { kind: 'version', origin: 'qemu:///system', text: '' },
    { kind: 'agent', origin: 'qemu:///system', name: 'web', uuid: '', text: '{}' },
    { kind: 'directory', origin: '/', mode: 0o755, uid: 0, gid: 0 },
    { kind: 'link', origin: '/var/run', text: '/run' },
    { kind: 'file', origin: '/etc/apparmor.d/..odd', text: '' },
    { kind: 'unreadable', origin: '/etc/shadow', text: 'no', reason: 'denied' },
    { kind: 'unreadable', origin: 'qemu:///system', text: 'no', reason: 'timeout', domain },
  ];
  assert.doesNotThrow(() => bundleOf(bundle({ documents }), 'b.json'));
});
