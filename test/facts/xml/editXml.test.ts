import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Edit } from '../../../src/model/rule.ts';
import { applyFix } from '../../../src/ruleset/applyFix.ts';

const has = (clause: object, on: unknown): boolean =>
  Object.entries((clause as { has: Record<string, { const: string }> }).has).every(
    ([pointer, { const: wanted }]) =>
      pointer
        .slice(1)
        .split('/')
        .reduce((value: unknown, token) => (value as Record<string, unknown> | undefined)?.[token], on) === wanted,
  );

const domain = (devices: string): string => `<domain type='kvm'>
  <!-- a > b -->
  <name>web</name>
  <devices>
${devices}
  </devices>
</domain>
`;

const disks = `    <disk type='file' device='disk'>
      <driver name="qemu"  type='qcow2' cache='unsafe'/>
      <source file='/a'/>
    </disk>
    <disk type='block' device='disk'>
      <source dev='/dev/b'/>
    </disk>`;

const cases: readonly { name: string; edit: Edit; from: string; to: string }[] = [
  {
    name: 'an attribute that is there, in its place',
    edit: {
      at: '/domain/devices/disk',
      set: { '/driver/@cache': 'none' },
      where: { has: { '/@type': { const: 'file' } } },
    },
    from: disks,
    to: disks.replace("cache='unsafe'", "cache='none'"),
  },
  {
    name: 'an attribute and its element, made where they are missing',
    edit: {
      at: '/domain/devices/disk',
      set: { '/driver/@type': 'raw' },
      where: { has: { '/@type': { const: 'block' } } },
    },
    from: disks,
    to: disks.replace("<source dev='/dev/b'/>", "<source dev='/dev/b'/>\n      <driver type='raw'/>"),
  },
  {
    name: 'an attribute removed',
    edit: { at: '/domain/devices/disk', remove: ['/driver/@cache'] },
    from: disks,
    to: disks.replace(" cache='unsafe'", ''),
  },
  {
    name: 'an element removed with its line',
    edit: { at: '/domain/devices/disk', remove: ['/driver'] },
    from: disks,
    to: disks.replace(/\n {6}<driver.*/, ''),
  },
  {
    name: 'every element, the last of which is on the same line as its parent',
    edit: { at: '/domain/devices/disk', remove: true },
    from: '    <memballoon/>\n    <disk><source/></disk><disk/>',
    to: '    <memballoon/>',
  },
  {
    name: 'all but the first',
    edit: { at: '/domain/devices/disk', keep: 1, remove: true },
    from: '    <disk/>\n    <disk/>\n    <disk/>',
    to: '    <disk/>',
  },
  {
    name: 'a child added behind the others, indented as they are',
    edit: { at: '/domain/devices', add: '<rng>\n  <backend/>\n</rng>\n' },
    from: '    <disk/>',
    to: '    <disk/>\n    <rng>\n      <backend/>\n    </rng>',
  },
  {
    name: 'a child of an empty element',
    edit: { at: '/domain/devices/disk', add: '<source/>' },
    from: "    <disk type='file'/>",
    to: "    <disk type='file'>\n      <source/>\n    </disk>",
  },
  {
    name: 'a value that has to be escaped',
    edit: { at: '/domain/devices/disk', set: { '/@type': "a<b&'" } },
    from: "    <disk type='x'/>",
    to: "    <disk type='a&lt;b&amp;&apos;'/>",
  },
  {
    name: 'text',
    edit: { at: '/domain', set: { '/name': 'db' } },
    from: '    <disk/>',
    to: '    <disk/>',
  },
];

describe('an edit changes what it names, and nothing else', () => {
  for (const { name, edit, from, to } of cases) {
    const expected = name === 'text' ? domain(to).replace('>web<', '>db<') : domain(to);
    test(name, () => {
      assert.equal(applyFix(domain(from), [edit], {}, has), expected);
    });
    test(`${name}, in a file with CR LF`, () => {
      const crlf = (text: string): string => text.replaceAll('\n', '\r\n');
      assert.equal(applyFix(crlf(domain(from)), [edit], {}, has), crlf(expected));
    });
  }
  test('a value from the facts', () => {
    const edit: Edit = { at: '/domain', set: { '/name': { $data: '/systemVm/vport' } } };
    assert.match(applyFix(domain(''), [edit], { systemVm: { vport: 'a.vport' } }, has), /<name>a\.vport<\/name>/);
  });
});
