import assert from 'node:assert/strict';
import { test } from 'node:test';
import { elementShape, isRepeatable, isTextOnly, knownAttribute, knownElement } from '../../../src/facts/xml/shape.ts';

const repeatable: [root: string, parent: string, child: string][] = [
  ['domain', 'devices', 'disk'],
  ['domain', 'devices', 'channel'],
  ['domain', 'devices', 'tpm'],
  ['domain', 'domain', 'seclabel'],
  ['domain', 'domain', 'sysinfo'],
  ['domain', 'os', 'boot'],
  ['domain', 'interface', 'ip'],
  ['domain', 'interface', 'route'],
  ['domain', 'source', 'host'],
  ['domain', 'source', 'seclabel'],
  ['domain', 'graphics', 'listen'],
  ['domain', 'cpu', 'feature'],
  ['domain', 'cputune', 'vcpupin'],
  ['domain', 'smartcard', 'certificate'],
  ['domain', 'qemu:commandline', 'qemu:arg'],
  ['domainsnapshot', 'disks', 'disk'],
  ['domainsnapshot', 'devices', 'disk'],
  ['capabilities', 'capabilities', 'guest'],
  ['capabilities', 'arch', 'machine'],
  ['capabilities', 'arch', 'domain'],
  ['capabilities', 'cpu', 'feature'],
  ['capabilities', 'host', 'secmodel'],
  ['capabilities', 'cells', 'cell'],
  ['domainCapabilities', 'cpu', 'mode'],
  ['domainCapabilities', 'enum', 'value'],
];
for (const [root, parent, child] of repeatable) {
  test(`${root}: ${parent} may have several ${child}`, () => assert.equal(isRepeatable(root, parent, child), true));
}

const single: [root: string, parent: string, child: string][] = [
  ['domain', 'domain', 'devices'],
  ['domain', 'domain', 'os'],
  ['domain', 'os', 'type'],
  ['domain', 'domain', 'metadata'],
  ['domain', 'channel', 'source'],
  ['domain', 'channel', 'target'],
  ['domain', 'channel', 'address'],
  ['domain', 'serial', 'source'],
  ['domain', 'seclabel', 'label'],
  ['domain', 'disk', 'source'],
  ['domain', 'disk', 'backingStore'],
  ['domain', 'backingStore', 'backingStore'],
  ['domain', 'devices', 'memballoon'],
  ['domain', 'devices', 'emulator'],
  ['capabilities', 'guest', 'arch'],
  ['capabilities', 'host', 'cpu'],
  ['domainCapabilities', 'domainCapabilities', 'devices'],
];
for (const [root, parent, child] of single) {
  test(`${root}: ${parent} has one ${child}`, () => {
    assert.equal(isRepeatable(root, parent, child), false);
    assert.equal(elementShape(root, parent)?.children.has(child), true, 'it is a child at all');
  });
}

const textOnly: [parent: string, child: string, is: boolean][] = [
  ['domain', 'name', true],
  ['domain', 'uuid', true],
  ['devices', 'emulator', true],
  ['features', 'acpi', true],
  ['features', 'apic', false],
  ['seclabel', 'label', true],
  ['target', 'label', false],
  ['domain', 'vcpu', false],
  ['domain', 'memory', false],
  ['os', 'type', false],
  ['os', 'nvram', false],
  ['domain', 'metadata', false],
];
for (const [parent, child, is] of textOnly) {
  test(`${child} in ${parent} ${is ? 'holds nothing but text' : 'may hold more than text'}`, () => {
    assert.equal(isTextOnly('domain', parent, child), is);
  });
}

const names: { name: string; known: boolean; found: boolean }[] = [
  { name: 'a child', known: true, found: knownElement('domain', 'devices', 'channel') },
  { name: 'a misspelt child', known: false, found: knownElement('domain', 'devices', 'chanel') },
  { name: 'a child in the wrong place', known: false, found: knownElement('domain', 'domain', 'disk') },
  { name: 'a child of another kind of document', known: false, found: knownElement('domain', 'domain', 'guest') },
  { name: 'a property of objects', known: false, found: knownElement('domain', 'devices', 'constructor') },
  {
    name: 'a child with libvirt’s own prefix',
    known: true,
    found: knownElement('domain', 'domain', 'qemu:commandline'),
  },
  { name: 'the same without it', known: false, found: knownElement('domain', 'domain', 'commandline') },
  { name: 'private data, which only libvirt sees', known: false, found: knownElement('domain', 'disk', 'privateData') },
  { name: 'anything in metadata', known: true, found: knownElement('domain', 'metadata', 'a:b') },
  { name: 'anything in an element that is unknown itself', known: true, found: knownElement('domain', 'a:b', 'c') },
  { name: 'anything where the kind of document is unknown', known: true, found: knownElement('domstatus', 'a', 'b') },
  { name: 'an attribute', known: true, found: knownAttribute('domain', 'channel', 'type') },
  { name: 'a misspelt attribute', known: false, found: knownAttribute('domain', 'channel', 'tpye') },
  { name: 'a child that is no attribute', known: false, found: knownAttribute('domain', 'channel', 'target') },
  { name: 'a namespace’s declaration', known: true, found: knownAttribute('domain', 'domain', 'xmlns:qemu') },
  { name: 'a default namespace', known: true, found: knownAttribute('domain', 'domain', 'xmlns') },
  { name: 'a name that only starts like one', known: false, found: knownAttribute('domain', 'domain', 'xmlnsx') },
];
for (const { name, known, found } of names) {
  test(`${name} is ${known ? 'known' : 'unknown'}`, () => assert.equal(found, known));
}
