import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { parseXml } from '../../../src/facts/xml/parseXml.ts';
import { isRepeatable, isTextOnly, knownAttribute, knownElement } from '../../../src/facts/xml/shape.ts';

const roots = ['capabilities', 'domain', 'domainsnapshot'];
const directory = new URL('data/', import.meta.url);

/** Everything in a document that is not as its schema says. */
function surprises(root: string, element: string, facts: unknown): string[] {
  return Object.entries(facts as Record<string, unknown>).flatMap(([name, value]) => {
    if (name === '#text') return [];
    const place = `${element}/${name}`;
    if (name.startsWith('@')) return knownAttribute(root, element, name.slice(1)) ? [] : [place];
    if (!knownElement(root, element, name)) return [place];
    if (isRepeatable(root, element, name) !== Array.isArray(value)) return [`${place} as ${JSON.stringify(value)}`];
    return (Array.isArray(value) ? value : [value]).flatMap((one: unknown) => {
      if (typeof one === 'object') return surprises(root, name, one);
      return isTextOnly(root, element, name) || element === 'metadata' ? [] : [`${place} as text`];
    });
  });
}

const expected: Record<string, string[]> = {
  'domain-hand-edited.xml': [
    'serial/source as [{"@mode":"bind","@host":"127.0.0.1","@service":"2445"},{"@mode":"connect","@host":"0.0.0.0","@service":"2446"}]',
  ],
};
for (const file of readdirSync(directory)) {
  test(`${file} is parsed, and shaped as its schema says`, () => {
    const parsed = parseXml(readFileSync(new URL(file, directory), 'utf8'), roots);
    assert.ok(parsed.ok, parsed.ok ? '' : parsed.reason);
    assert.deepEqual(surprises(parsed.root, parsed.root, parsed.document[parsed.root]), expected[file] ?? []);
  });
}

test('a hand-edited domain keeps its texts', () => {
  const parsed = parseXml(readFileSync(new URL('domain-hand-edited.xml', directory), 'utf8'), roots);
  assert.ok(parsed.ok);
  assert.deepEqual(parsed.document, {
    domain: {
      '@type': 'kvm',
      name: "don't-panic 🐧",
      title: 'R&D <test>',
      description: 'first line\n  second line',
      memory: { '@unit': 'GiB', '#text': '2' },
      vcpu: { '#text': '1' },
      os: { type: { '#text': 'hvm' }, cmdline: 'console=ttyS0 a="1" b<2' },
      devices: {
        serial: [
          {
            '@type': 'udp',
            source: [
              { '@mode': 'bind', '@host': '127.0.0.1', '@service': '2445' },
              { '@mode': 'connect', '@host': '0.0.0.0', '@service': '2446' },
            ],
            target: { '@port': '0' },
          },
        ],
        tpm: [{ '@model': 'tpm-crb', backend: { '@type': 'emulator', '@version': '2.0' } }],
      },
    },
  });
});
