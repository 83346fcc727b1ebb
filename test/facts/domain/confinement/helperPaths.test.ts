import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { helperFacts } from '../../../../src/facts/domain/confinement/helperFacts.ts';
import { helperPaths } from '../../../../src/facts/domain/confinement/helperPaths.ts';
import { storageView } from '../../../../src/facts/domain/disks/storageView.ts';
import { storedDisks } from '../../../../src/facts/domain/disks/storedDisks.ts';
import { type ParsedDomain, parseDomain } from '../../../../src/facts/domain/parsedDomain.ts';
import { createHostTree } from '../../../../src/facts/host/hostTree.ts';
import { link } from '../../host/documents.ts';

const parsed = (devices: string, above = '') => {
  const domain = parseDomain({
    kind: 'domain',
    origin: 'x',
    text: `<domain type='kvm'><name>web</name>${above}<devices>${devices}</devices></domain>`,
  });
  assert.ok(domain?.domain);
  return domain;
};

const pathsOf = (domain: ParsedDomain, tree = createHostTree([])) =>
  helperPaths(domain, storedDisks(domain, storageView(tree)));

const os = (inner: string) => `<os><type>hvm</type>${inner}</os>`;

// What virt-aa-helper of libvirt 9.0.0 does with each was seen with `--dryrun`.
const cases: readonly { devices?: string; above?: string; paths: readonly string[] }[] = [
  { devices: `<disk type='file'><source file='/a'/></disk>`, paths: ['disk /a w'] },
  { devices: `<disk type='block'><source dev='/dev/sda'/></disk>`, paths: ['disk /dev/sda w'] },
  { devices: `<disk type='dir'><source dir='/a'/></disk>`, paths: ['disk /a w'] },
  { devices: `<disk type='file' device='cdrom'><source file='/a'/></disk>`, paths: ['disk /a r'] },
  { devices: `<disk type='file'><source file='/a'/><readonly/></disk>`, paths: ['disk /a r'] },
  { devices: `<disk type='network'><source protocol='rbd' name='/a'/></disk>`, paths: [] },
  { devices: `<disk type='file' device='cdrom'/>`, paths: [] },
  {
    devices: `<disk type='file'><source file='/a'/><backingStore type='file'><source file='/b'/>
      <backingStore type='block'><source dev='/dev/c'/><backingStore/></backingStore></backingStore></disk>`,
    paths: ['disk /a w', 'disk /b r', 'disk /dev/c r'],
  },
  { devices: `<serial type='file'><source path='/a'/></serial>`, paths: ['serial /a w'] },
  { devices: `<serial type='pipe'><source path='/a'/></serial>`, paths: ['serial /a.in w', 'serial /a.out w'] },
  { devices: `<console type='pipe'><source path='/a'/></console>`, paths: ['console /a w'] },
  { devices: `<parallel type='dev'><source path='/a'/></parallel>`, paths: ['parallel /a w'] },
  { devices: `<serial type='tcp'><source mode='bind' host='::1' service='1'/></serial>`, paths: [] },
  { devices: `<channel type='unix'><source mode='bind' path='/a'/></channel>`, paths: ['channel /a w'] },
  { devices: `<smartcard mode='passthrough' type='unix'><source path='/a'/></smartcard>`, paths: [] },
  { devices: `<filesystem><source dir='/a'/></filesystem>`, paths: ['filesystem /a w'] },
  { devices: `<filesystem type='mount'><source dir='/a'/><readonly/></filesystem>`, paths: ['filesystem /a r'] },
  { devices: `<filesystem><driver type='virtiofs'/><source dir='/a'/></filesystem>`, paths: [] },
  { devices: `<filesystem type='file'><source file='/a'/></filesystem>`, paths: [] },
  { devices: `<memory model='nvdimm'><source><path>/a</path></source></memory>`, paths: ['memory /a w'] },
  { devices: `<memory model='dimm'><source><nodemask>0</nodemask></source></memory>`, paths: [] },
  { devices: `<input type='evdev'><source dev='/a'/></input>`, paths: ['input /a w'] },
  { devices: `<input type='passthrough' bus='virtio'><source evdev='/a'/></input>`, paths: ['input /a w'] },
  { devices: `<graphics type='vnc' socket='/a'/>`, paths: ['graphics /a w'] },
  { devices: `<graphics type='vnc'><listen type='socket' socket='/a'/></graphics>`, paths: ['graphics /a w'] },
  { devices: `<interface type='vhostuser'><source type='unix' path='/a'/></interface>`, paths: ['interface /a w'] },
  { devices: `<shmem name='x'><server path='/a'/></shmem>`, paths: ['shmem /a w'] },
  { above: os('<kernel>/a</kernel><initrd>/b</initrd>'), paths: ['kernel /a r', 'initrd /b r'] },
  { above: os('<dtb>/a</dtb>'), paths: ['dtb /a r'] },
  {
    above: os(`<loader readonly='yes' type='pflash'>/a</loader><nvram template='/t'>/b</nvram>`),
    paths: ['loader /a r', 'nvram /b w'],
  },
  { above: os(`<nvram type='file'><source file='/a'/></nvram>`), paths: ['nvram /a w'] },
  { above: os(`<acpi><table type='slic'>/a</table></acpi>`), paths: ['acpi /a r'] },
  { above: `<sysinfo type='fwcfg'><entry name='x' file='/a'/></sysinfo>`, paths: ['sysinfo /a r'] },
];

describe('what virt-aa-helper is given', () => {
  for (const { devices = '', above = '', paths } of cases) {
    test(`${above}${devices}`, () =>
      assert.deepEqual(
        pathsOf(parsed(devices, above)).map(
          ({ element, path, written }) => `${element} ${path} ${written ? 'w' : 'r'}`,
        ),
        paths,
      ));
  }
  test('links are followed, and what was named is told beside where it leads', () => {
    const tree = createHostTree([link('/pool/a.iso', '/usr/share/[1].iso')]);
    const { facts } = helperFacts(
      parsed(`<disk type='file' device='cdrom'><source file='/pool/a.iso'/></disk>
              <disk type='file'><source file='/pool/b'/></disk>`),
      tree,
      storageView(tree),
    );
    assert.deepEqual(facts, {
      helperPaths: [
        {
          element: 'disk',
          path: '/usr/share/[1].iso',
          written: false,
          named: '/pool/a.iso',
          refused: 'virt-aa-helper refuses what begins with /usr/share/',
        },
        { element: 'disk', path: '/pool/b', written: true },
      ],
      wildcardPaths: ['/usr/share/[1].iso'],
    });
  });
});
