import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { diskFacts, diskPaths } from '../../../src/facts/domain/diskFacts.ts';
import { sharedDisks } from '../../../src/facts/domain/sharedDisks.ts';
import { createHostTree } from '../../../src/facts/host/hostTree.ts';
import type { Document } from '../../../src/model/document.ts';
import { directory, file, unreadable } from '../host/documents.ts';
import { parsed } from './domainXml.ts';

const host = [directory('/proc/1'), directory('/etc/libvirt')];
const fileDisk = (path: string, more = '', device = 'disk') =>
  `<disk type='file' device='${device}'><source file='${path}'/>${more}</disk>`;
const network = (protocol: string, name: string, ...hosts: string[]) => {
  const children = hosts.map((each) => `<host name='${each}' port='6789'/>`).join('');
  return `<disk type='network'><source protocol='${protocol}' name='${name}'>${children}</source></disk>`;
};
const volume = (pool: string, name: string) => `<disk type='volume'><source pool='${pool}' volume='${name}'/></disk>`;

const fileAt = (element: string, path: string, more = '') =>
  `<${element} type='file'><format type='qcow2'/><source file='${path}'/>${more}</${element}>`;
const over = (path: string, ...below: readonly string[]) =>
  fileDisk(
    path,
    below.reduceRight((more, each) => fileAt('backingStore', each, more), '<backingStore/>'),
  );
const mirrored = (path: string, to: string, more = '') => fileDisk(path, fileAt('mirror', to) + more);
const withData = (path: string, data: string, more = '') =>
  `<disk type='file'><source file='${path}'>${fileAt('dataStore', data)}</source>${more}</disk>`;
const nvme = (bus: string, namespace: string) =>
  `<disk type='nvme'><source type='pci' namespace='${namespace}'><address domain='0x0000' bus='${bus}' slot='0x00' function='0x0'/></source></disk>`;

describe('what disks are stored in', () => {
  const disks = (devices: string, documents: readonly Document[]) =>
    diskFacts(parsed(devices), createHostTree(documents), { of: () => [] });
  const cases: readonly { name: string; devices: string; documents: readonly Document[]; facts: object }[] = [
    { name: 'there', devices: fileDisk('/a'), documents: [file('/a', '')], facts: { path: '/a', layersBelow: 0 } },
    {
      name: 'not there',
      devices: fileDisk('/a'),
      documents: host,
      facts: { path: '/a', layersBelow: 0, missing: 'there is nothing at this path' },
    },
    {
      name: 'a medium that may be missing',
      devices: "<disk type='file' device='cdrom'><source file='/a' startupPolicy='optional'/></disk>",
      documents: host,
      facts: { path: '/a', layersBelow: 0 },
    },
    {
      name: 'an empty drive',
      devices: "<disk type='file' device='cdrom'/>",
      documents: host,
      facts: { layersBelow: 0 },
    },
    { name: 'elsewhere', devices: network('rbd', 'a', 'h'), documents: host, facts: { layersBelow: 0 } },
    {
      name: 'a chain, which ends in an empty element',
      devices: fileDisk(
        '/a',
        "<backingStore type='file'><format type='qcow2'/><source file='/b'/><backingStore type='file'><source file='/c'/><backingStore/></backingStore></backingStore>",
      ),
      documents: [file('/a', '')],
      facts: { path: '/a', layersBelow: 2 },
    },
  ];
  for (const { name, devices, documents, facts } of cases) {
    test(name, () => assert.deepEqual(disks(devices, documents), { facts: { disks: [facts] }, unknown: [] }));
  }
  test('a folder that may not be entered: unknown, not missing', () => {
    const { facts, unknown } = disks(fileDisk('/l/a') + fileDisk('/l/b'), [...host, unreadable('/l')]);
    assert.deepEqual(facts.disks, [
      { path: '/l/a', layersBelow: 0 },
      { path: '/l/b', layersBelow: 0 },
    ]);
    assert.deepEqual(
      unknown.map(({ at }) => at),
      ['/disks/0/missing', '/disks/0/sharedWith', '/disks/1/missing', '/disks/1/sharedWith'],
    );
  });
  test('the paths to look at', () => {
    const devices = `${fileDisk('/a')}<disk type='block'><source dev='/dev/b'/></disk>${network('rbd', 'c')}`;
    assert.deepEqual(diskPaths(parsed(devices)), ['/a', '/dev/b']);
  });
});

describe('who else uses a disk', () => {
  const shared = (own: string, other: string, realpath: (path: string) => string = (path) => path) => {
    const asking = parsed(own, { called: 'own', id: '1' });
    const domains = [asking, parsed(own, { called: 'own', id: '1' }), parsed(other, { called: 'other', id: '2' })];
    const sharers = sharedDisks(domains, realpath);
    const { facts } = diskFacts(asking, createHostTree([]), {
      of: (source) => sharers({ ...source, ...identity(source, realpath) }, asking),
    });
    return (facts.disks as { sharedWith?: string[] }[])[0]?.sharedWith ?? [];
  };
  const identity = ({ path }: { path?: string }, realpath: (path: string) => string) =>
    path === undefined ? {} : { identity: realpath(path) };
  const yes = ['other'];
  const cases: readonly (readonly [name: string, own: string, other: string, sharers: readonly string[]])[] = [
    ['both write', fileDisk('/a'), fileDisk('/a'), yes],
    ['other files', fileDisk('/a'), fileDisk('/b'), []],
    ['the other reads', fileDisk('/a'), fileDisk('/a', '<readonly/>'), yes],
    ['only the other writes', fileDisk('/a', '<readonly/>'), fileDisk('/a'), yes],
    ['both read', fileDisk('/a', '<readonly/>'), fileDisk('/a', '<readonly/>'), []],
    ['a CD-ROM is only read', fileDisk('/a', '', 'cdrom'), fileDisk('/a', '', 'cdrom'), []],
    ['layers of their own', fileDisk('/a', '<transient/>'), fileDisk('/a', '<transient/>'), []],
    ['both share', fileDisk('/a', '<shareable/>'), fileDisk('/a', '<shareable/>'), []],
    ['one shares, the other knows nothing of it', fileDisk('/a', '<shareable/>'), fileDisk('/a'), yes],
    ['a device', "<disk type='block'><source dev='/a'/></disk>", fileDisk('/a'), yes],
    ['an image of a cluster', network('rbd', 'a', 'h', 'i'), network('rbd', 'a', 'i', 'h'), yes],
    ['images of two clusters', network('rbd', 'a', 'h'), network('rbd', 'a', 'i'), []],
    ['by two protocols', network('rbd', 'a', 'h'), network('nbd', 'a', 'h'), []],
    ['a volume', volume('p', 'v'), volume('p', 'v'), yes],
    ['an image that another’s is made of', fileDisk('/base'), over('/a', '/base'), yes],
    ['an image deep below another’s', fileDisk('/base'), over('/a', '/b', '/base'), yes],
    ['an image of its own, over one that another writes', over('/a', '/base'), fileDisk('/base'), yes],
    ['images over one that neither writes', over('/a', '/base'), over('/b', '/base'), []],
    ['an image over one that the other only reads', over('/a', '/base'), fileDisk('/base', '<readonly/>'), []],
    ['an image over one that others share', over('/a', '/base'), fileDisk('/base', '<shareable/>'), []],
    ['what another is copied to', fileDisk('/copy'), mirrored('/a', '/copy'), yes],
    ['another’s data', fileDisk('/data'), withData('/a', '/data'), yes],
    ['data of the same file', withData('/a', '/data'), withData('/b', '/data'), yes],
    ['data that both only read', withData('/a', '/data', '<readonly/>'), withData('/b', '/data', '<readonly/>'), []],
    ['a namespace of an NVMe controller', nvme('0x01', '1'), nvme('1', '1'), yes],
    ['a controller on bus 0, said or not', nvme('0x00', '1'), nvme('0', '1').replace(" bus='0'", ''), yes],
    ['two namespaces', nvme('0x01', '1'), nvme('0x01', '2'), []],
    ['two controllers', nvme('0x01', '1'), nvme('0x02', '1'), []],
    ['one image twice', fileDisk('/a') + fileDisk('/a'), fileDisk('/b'), ['another disk of this domain']],
    ['one image twice, only read', fileDisk('/a', '', 'cdrom') + fileDisk('/a', '', 'cdrom'), fileDisk('/b'), []],
    ['its own base', fileDisk('/base') + over('/a', '/base'), fileDisk('/b'), ['another disk of this domain']],
    ['one base below two disks', over('/a', '/base') + over('/b', '/base'), fileDisk('/c'), []],
    ['a commit into its own base', mirrored('/a', '/base', fileAt('backingStore', '/base')), fileDisk('/c'), []],
    [
      'a commit into the base of another',
      mirrored('/a', '/base', fileAt('backingStore', '/base')),
      over('/b', '/base'),
      yes,
    ],
    ['volumes of two pools', volume('p', 'v'), volume('q', 'v'), []],
  ];
  for (const [name, own, other, sharers] of cases) test(name, () => assert.deepEqual(shared(own, other), sharers));
  test('by two names of one folder', () => {
    const realpath = (path: string) => path.replace('/link/', '/real/');
    assert.deepEqual(shared(fileDisk('/link/a'), fileDisk('/real/a'), realpath), yes);
  });

  const unread = (disk: string, sharers: readonly string[]) =>
    diskFacts(parsed(disk), createHostTree([file('/a', '')]), { of: () => sharers, unread: 'torn' }).unknown;
  test('perhaps a domain that could not be read', () =>
    assert.deepEqual(unread(fileDisk('/a'), []), [{ at: '/disks/0/sharedWith', reason: 'torn' }]));
  test('one that is known, whoever could not be read', () => assert.deepEqual(unread(fileDisk('/a'), ['db']), []));
  test('nobody, of a drive without a medium', () =>
    assert.deepEqual(unread("<disk type='file' device='cdrom'/>", []), []));
});
