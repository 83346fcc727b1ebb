import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { mayRenamePrefixes } from '../../../src/facts/xml/namespaces.ts';
import { parseXml } from '../../../src/facts/xml/parseXml.ts';
import { createSharingParser } from '../../../src/facts/xml/sharedElements.ts';

const uri = (driver: string): string => `http://libvirt.org/schemas/domain/${driver}/1.0`;
const qemu = uri('qemu');

/** A domain in libvirt's layout, which the sharing parser would read by line. */
const laidOut = (attributes: string, content: string): string =>
  `<domain type='kvm'${attributes}>\n  <name>a</name>\n  ${content}\n</domain>\n`;

const namesIn = (text: string): string[] => {
  const whole = parseXml(text, ['domain']);
  assert.ok(whole.ok);
  // Read in parts and as a whole, it is the same.
  assert.deepEqual(createSharingParser().parse(text), whole);
  return Object.keys(whole.document.domain ?? {}).filter((name) => !name.startsWith('@') && name !== 'name');
};

const cases: readonly { name: string; attributes?: string; content: string; is: string }[] = [
  { name: 'libvirt’s own', attributes: ` xmlns:qemu='${qemu}'`, content: '<qemu:override/>', is: 'qemu:override' },
  { name: 'another', attributes: ` xmlns:q='${qemu}'`, content: '<q:override/>', is: 'qemu:override' },
  { name: 'of another driver', attributes: ` xmlns:q='${uri('lxc')}'`, content: '<q:namespace/>', is: 'lxc:namespace' },
  { name: 'declared on the element', content: `<q:override xmlns:q="${qemu}"/>`, is: 'qemu:override' },
  { name: 'none', content: `<override xmlns='${qemu}'/>`, is: 'qemu:override' },
  {
    name: 'with a reference',
    attributes: ` xmlns:q='${qemu.replace('h', '&#104;')}'`,
    content: '<q:override/>',
    is: 'qemu:override',
  },
  {
    name: 'declared anew, as something else',
    attributes: ` xmlns:q='${qemu}'`,
    content: "<q:override xmlns:q='urn:x'/>",
    is: 'q:override',
  },
  { name: 'of nobody’s', attributes: " xmlns:qemu='x'", content: '<qemu:override/>', is: 'qemu:override' },
  { name: 'a namespace that only begins so', attributes: ` xmlns:q='${qemu}1'`, content: '<q:a/>', is: 'q:a' },
  {
    name: 'behind a value that looks like a declaration',
    attributes: ` a="xmlns='" xmlns:q='${qemu}'`,
    content: '<q:override/>',
    is: 'qemu:override',
  },
];

describe('a prefix', () => {
  for (const { name, attributes = '', content, is } of cases)
    test(name, () => assert.deepEqual(namesIn(laidOut(attributes, content)), [is]));
});

test('all that is in the element has it too, and keeps its shape', () => {
  const content = `<q:commandline xmlns:q='${qemu}'><q:arg value='-s'/></q:commandline>`;
  const parsed = parseXml(laidOut('', content), ['domain']);
  assert.ok(parsed.ok);
  assert.deepEqual((parsed.document.domain as Record<string, unknown>)['qemu:commandline'], {
    '@xmlns:q': qemu,
    'qemu:arg': [{ '@value': '-s' }],
  });
});

test('the domain’s own names stay where it has such a namespace for all', () =>
  assert.deepEqual(namesIn(laidOut(` xmlns='${qemu}'`, '<os/>')), ['os']));

test('what needs no other names is read by line', () => {
  assert.equal(mayRenamePrefixes(laidOut(` xmlns:qemu='${qemu}'`, "<a:b xmlns:a='urn:a'/>")), false);
  assert.equal(mayRenamePrefixes(laidOut('', `<a xmlns='${qemu}'/>`)), true);
});
