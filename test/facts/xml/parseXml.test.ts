import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseXml } from '../../../src/facts/xml/parseXml.ts';

/** The facts of a domain whose XML is `<domain>…</domain>`. */
function domain(content: string, attributes = ''): unknown {
  const parsed = parseXml(`<domain${attributes}>${content}</domain>`, ['domain']);
  assert.ok(parsed.ok, parsed.ok ? '' : parsed.reason);
  assert.equal(parsed.root, 'domain');
  return parsed.document.domain;
}

const shapes: { name: string; content: string; attributes?: string; facts: unknown }[] = [
  { name: 'an empty root is an object', content: '', facts: {} },
  {
    name: 'attributes have a prefix',
    content: '',
    attributes: " type='kvm' id='3'",
    facts: { '@type': 'kvm', '@id': '3' },
  },
  { name: 'a text-only element is a string', content: '<name>web</name>', facts: { name: 'web' } },
  { name: 'a text-only element without text is an empty string', content: '<title/>', facts: { title: '' } },
  {
    name: 'text beside attributes',
    content: "<memory unit='KiB'>1024</memory>",
    facts: { memory: { '@unit': 'KiB', '#text': '1024' } },
  },
  {
    name: 'an element that could have attributes is an object without them too',
    content: '<vcpu>2</vcpu><os><type>hvm</type></os>',
    facts: { vcpu: { '#text': '2' }, os: { type: { '#text': 'hvm' } } },
  },
  {
    name: 'an empty element that could have attributes is an empty object',
    content: '<features><acpi/><apic/></features><devices/>',
    facts: { features: { acpi: '', apic: {} }, devices: {} },
  },
  {
    name: 'an attribute and a child of the same name',
    content: "<devices><controller type='pci' model='pcie-root-port'><model name='x'/></controller></devices>",
    facts: { devices: { controller: [{ '@type': 'pci', '@model': 'pcie-root-port', model: { '@name': 'x' } }] } },
  },
  {
    name: 'one repeatable element is an array',
    content: "<devices><disk device='disk'/></devices><seclabel type='none'/>",
    facts: { devices: { disk: [{ '@device': 'disk' }] }, seclabel: [{ '@type': 'none' }] },
  },
  {
    name: 'repeatable elements keep their order, even with others between them',
    content: "<devices><disk device='disk'/><hub type='usb'/><disk device='cdrom'/></devices>",
    facts: { devices: { disk: [{ '@device': 'disk' }, { '@device': 'cdrom' }], hub: [{ '@type': 'usb' }] } },
  },
  {
    name: 'a repeatable text-only element is an array of strings',
    content: '<os><initarg>-v</initarg></os>',
    facts: { os: { initarg: ['-v'] } },
  },
  {
    name: 'the same name is shaped by its parent',
    content: '<seclabel><label>l</label></seclabel><devices><memory><target><label/></target></memory></devices>',
    facts: { seclabel: [{ label: 'l' }], devices: { memory: [{ target: { label: {} } }] } },
  },
  {
    name: 'a character device has one source',
    content: "<devices><channel type='unix'><source path='/a'/><target type='virtio'/></channel></devices>",
    facts: { devices: { channel: [{ '@type': 'unix', source: { '@path': '/a' }, target: { '@type': 'virtio' } }] } },
  },
  {
    name: 'a repeated element that the schema has once is an array: nothing gets lost',
    content: '<devices><emulator>/a</emulator><emulator>/b</emulator><emulator>/c</emulator></devices>',
    facts: { devices: { emulator: ['/a', '/b', '/c'] } },
  },
  {
    name: 'a text-only element with an attribute that the schema does not know is an object',
    content: "<name new='1'>web</name>",
    facts: { name: { '@new': '1', '#text': 'web' } },
  },
  {
    name: 'unknown elements are shaped by their content',
    content: "<future>x</future><future2 a='1'/><future3><x/></future3><future4/>",
    facts: { future: 'x', future2: { '@a': '1' }, future3: { x: '' }, future4: '' },
  },
  {
    name: 'prefixes are kept, and repeat as their schema says',
    content: "<qemu:commandline><qemu:arg value='-s'/></qemu:commandline>",
    attributes: " xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'",
    facts: {
      '@xmlns:qemu': 'http://libvirt.org/schemas/domain/qemu/1.0',
      'qemu:commandline': { 'qemu:arg': [{ '@value': '-s' }] },
    },
  },
  {
    name: 'metadata holds anything',
    content: "<metadata><a:x xmlns:a='urn:a'><a:y/><a:y k='1'/></a:x></metadata>",
    facts: { metadata: { 'a:x': { '@xmlns:a': 'urn:a', 'a:y': ['', { '@k': '1' }] } } },
  },
  {
    name: 'names of built-in properties are names like others',
    content:
      "<metadata><constructor/><constructor a='1'/><toString>x</toString><prototype><hasOwnProperty/></prototype></metadata>",
    facts: { metadata: { constructor: ['', { '@a': '1' }], toString: 'x', prototype: { hasOwnProperty: '' } } },
  },
];
for (const { name, content, attributes, facts } of shapes) {
  test(name, () => assert.deepEqual(domain(content, attributes), facts));
}

for (const value of [
  '007',
  '1e3',
  'true',
  '0x10',
  '+5',
  'null',
  ' x ',
  '  ',
  'a\n  b',
  '\t',
  'Infinity',
  '1_000',
  '-0',
]) {
  test(`the text ${JSON.stringify(value)} stays as it is`, () => {
    assert.deepEqual(domain(`<name>${value}</name><vcpu cpuset='${value}'>3</vcpu>`), {
      name: value,
      vcpu: { '@cpuset': value.replace(/[\t\n]/g, ' '), '#text': '3' },
    });
  });
}

const texts: { name: string; xml: string; text: string }[] = [
  { name: 'predefined entities', xml: '&lt;&gt;&amp;&quot;&apos;', text: '<>&"\'' },
  { name: 'references to characters', xml: '&#65;&#x41;&#x1F427;&#10;', text: 'AA🐧\n' },
  { name: 'references are resolved once', xml: '&amp;lt;&amp;#65;', text: '&lt;&#65;' },
  { name: 'as many references as it takes', xml: '&amp;'.repeat(200_000), text: '&'.repeat(200_000) },
];
for (const { name, xml, text } of texts) {
  test(`${name}, in text and in attributes`, () => {
    assert.deepEqual(domain(`<description>${xml}</description>`, ` type='${xml}'`), {
      '@type': text,
      description: text,
    });
  });
}

const layouts: { name: string; content: string; facts: unknown }[] = [
  { name: 'CDATA is text', content: '<name>a<![CDATA[<b>&amp;]]>c</name>', facts: { name: 'a<b>&amp;c' } },
  { name: 'comments do not split text', content: '<name>a<!-- <x/> -->b</name>', facts: { name: 'ab' } },
  {
    name: 'comments are no elements',
    content: '<!-- <name>x</name> --><devices><!----></devices>',
    facts: { devices: {} },
  },
  {
    name: 'an apostrophe in a processing instruction hides nothing',
    content: "<?editor don't ?><name>x</name><vcpu cpuset='1'/><title>y</title>",
    facts: { name: 'x', vcpu: { '@cpuset': '1' }, title: 'y' },
  },
  {
    name: 'white space between elements is dropped',
    content: '\n <os>\r\n\t<bios/> </os>\n',
    facts: { os: { bios: {} } },
  },
  { name: 'white space beside comments, too', content: '<os> <!-- a --> <bios/> </os>', facts: { os: { bios: {} } } },
  {
    name: 'white space beside a comment or CDATA belongs to the text',
    content: '<name> <!-- a -->b</name><title> <![CDATA[c]]></title>',
    facts: { name: ' b', title: ' c' },
  },
  { name: 'line ends become LF', content: '<description>a\r\nb\rc</description>', facts: { description: 'a\nb\nc' } },
  {
    name: 'a ">" in an attribute, a "/" at its end, tabs and line ends around it',
    content: `<os\tfirmware\n=\r\n'>/' ><boot dev="a/"/></os>`,
    facts: { os: { '@firmware': '>/', boot: [{ '@dev': 'a/' }] } },
  },
  {
    name: 'a line end in an attribute is a space, its reference is not',
    content: "<os firmware='a\tb\r\nc&#10;d&#9;'/>",
    facts: { os: { '@firmware': 'a b c\nd\t' } },
  },
];
for (const { name, content, facts } of layouts) {
  test(name, () => assert.deepEqual(domain(content), facts));
}

test('a prolog and an epilog are no part of the document', () => {
  const parsed = parseXml(
    '<?xml version="1.0" encoding=\'UTF-8\' standalone="no"?>\n<!-- a -->\n<?b c?>\n<a/>\n<!-- d -->\n',
    ['a'],
  );
  assert.deepEqual(parsed, { ok: true, root: 'a', document: { a: {} } });
});

test('one of several roots is taken, and told', () => {
  const parsed = parseXml('<capabilities><guest/></capabilities>', ['domain', 'capabilities']);
  assert.deepEqual(parsed, { ok: true, root: 'capabilities', document: { capabilities: { guest: [{}] } } });
});
