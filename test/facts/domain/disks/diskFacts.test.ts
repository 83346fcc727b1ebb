import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { diskFacts } from '../../../../src/facts/domain/disks/diskFacts.ts';
import { withLiveChains } from '../../../../src/facts/domain/disks/liveChains.ts';
import { sharedDisks } from '../../../../src/facts/domain/disks/sharedDisks.ts';
import { storageView } from '../../../../src/facts/domain/disks/storageView.ts';
import { hostPaths } from '../../../../src/facts/domain/hostPaths.ts';
import { createHostTree } from '../../../../src/facts/host/hostTree.ts';
import type { Document } from '../../../../src/model/document.ts';
import { directory, file, link, unreadable } from '../../host/documents.ts';
import { parsed } from '../domainXml.ts';

const host = [directory('/proc/1'), directory('/etc/libvirt')];
const fileDisk = (path: string, more = '', device = 'disk') =>
  `<disk type='file' device='${device}'><source file='${path}'/>${more}</disk>`;
const network = (protocol: string, name: string, ...hosts: string[]) => {
  const children = hosts.map((each) => `<host name='${each}' port='6789'/>`).join('');
  return `<disk type='network'><source protocol='${protocol}' name='${name}'>${children}</source></disk>`;
};
const portless = (disk: string) => disk.replaceAll(" port='6789'", '');
const conf = (disk: string) => disk.replace('></source>', "><config file='/etc/ceph/b.conf'/></source>");
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
      documents: [file('/a', ''), file('/b', ''), file('/c', '')],
      facts: { path: '/a', layersBelow: 2 },
    },
  ];
  for (const { name, devices, documents, facts } of cases) {
    test(name, () => assert.deepEqual(disks(devices, documents), { facts: { disks: [facts] }, unknown: [] }));
  }
  test('what it lies on is not there', () => {
    const documents = [...host, file('/a', ''), file('/b', '')];
    const [disk] = disks(over('/a', '/b', '/c'), documents).facts.disks as { missing?: string }[];
    assert.equal(disk?.missing, 'there is nothing at /c, which it lies on');
    const optional = over('/a', '/c').replace('<source ', "<source startupPolicy='optional' ");
    assert.deepEqual(disks(optional, documents).facts.disks, [{ path: '/a', layersBelow: 1 }]);
    assert.deepEqual(hostPaths([parsed(over('/a', '/b'))], createHostTree([])).paths, ['/a', '/b']);
  });
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
    assert.deepEqual(hostPaths([parsed(devices)], createHostTree([])).paths, ['/a', '/dev/b']);
  });
});

describe('who else uses a disk', () => {
  const shared = (own: string, other: string, documents: readonly Document[] = []) => {
    const asking = parsed(own, { called: 'own', id: '1' });
    const domains = [asking, parsed(own, { called: 'own', id: '1' }), parsed(other, { called: 'other', id: '2' })];
    const tree = createHostTree(documents);
    const sharers = sharedDisks(domains, storageView(tree));
    const { facts } = diskFacts(asking, tree, { of: (source) => sharers(source, asking) });
    return (facts.disks as { sharedWith?: string[] }[])[0]?.sharedWith ?? [];
  };
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
    ['a monitor in common', network('rbd', 'a', 'h', 'i'), network('rbd', 'a', 'h'), yes],
    ['a monitor with its port and without', network('rbd', 'a', 'h'), portless(network('rbd', 'a', 'H')), yes],
    ['ports that are not the default', network('rbd', 'a', 'h').replace('6789', '40000'), network('rbd', 'a', 'h'), []],
    ['monitors of ceph.conf, and named ones', network('rbd', 'a'), network('rbd', 'a', 'h'), yes],
    ['named monitors, and those of ceph.conf', network('rbd', 'a', 'h'), network('rbd', 'a'), yes],
    ['monitors of ceph.conf twice', network('rbd', 'a'), network('rbd', 'a'), yes],
    ['the monitors of two files', network('rbd', 'a'), conf(network('rbd', 'a')), []],
    ['a default port', network('nbd', 'a', 'h').replace('6789', '10809'), portless(network('nbd', 'a', 'h')), yes],
    ['volumes of two pools', volume('p', 'v'), volume('q', 'v'), []],
  ];
  for (const [name, own, other, sharers] of cases) test(name, () => assert.deepEqual(shared(own, other), sharers));
  describe('a volume is what its pool makes of it', () => {
    const pool = (type: string, target: string, source = '') =>
      file('/etc/libvirt/storage/p.xml', `<pool type='${type}'><name>p</name>${source}${target}</pool>`);
    const target = '<target><path>/images</path></target>';
    const active = file('/run/libvirt/storage/p.xml', `<poolstate><pool type='dir'>${target}</pool></poolstate>`);
    const rbd = "<source><host name='h' port='6789'/><name>images</name></source>";
    const inPools: readonly (readonly [name: string, Document[], volume: string, other: string, string[]])[] = [
      ['a file', [pool('dir', target)], 'v', fileDisk('/images/v'), yes],
      ['a logical volume', [pool('logical', '<target><path>/dev/vg</path></target>')], 'v', fileDisk('/dev/vg/v'), yes],
      ['of a pool that is only active', [active], 'v', fileDisk('/images/v'), yes],
      ['behind a link', [pool('dir', target), link('/images', '/data')], 'v', fileDisk('/data/v'), yes],
      ['of Ceph', [pool('rbd', '', rbd)], 'v', network('rbd', 'images/v', 'h'), yes],
      ['of another name', [pool('dir', target)], 'w', fileDisk('/images/v'), []],
      ['of a pool whose volumes have other names', [pool('iscsi', target)], 'v', fileDisk('/images/v'), []],
      ['that leads out of the folder', [pool('dir', target)], '../v', fileDisk('/v'), []],
    ];
    for (const [name, documents, called, other, sharers] of inPools) {
      test(name, () => assert.deepEqual(shared(volume('p', called), other, documents), sharers));
    }
    const whyOf = (...documents: Document[]) =>
      diskFacts(parsed(volume('p', 'v')), createHostTree(documents), { of: () => [] }).unknown;
    test('a pool that can’t be read may be any folder', () => {
      for (const path of ['/etc/libvirt/storage/p.xml', '/etc/libvirt/storage', '/etc']) {
        assert.deepEqual(
          whyOf(unreadable(path)).map(({ at }) => at),
          ['/disks/0/sharedWith', '/disks/0/volume'],
          path,
        );
      }
      assert.match(whyOf(file('/etc/libvirt/storage/p.xml', '<pool'))[0]?.reason ?? '', /p\.xml: /);
    });
    test('a pool that is not there, and another that can’t be read, are none', () => {
      assert.deepEqual(whyOf(), []);
      assert.deepEqual(whyOf(unreadable('/etc/libvirt/storage/q.xml')), []);
      assert.deepEqual(whyOf(pool('dir', target), unreadable('/run/libvirt/storage'), file('/images/v', '')), []);
    });
  });
  describe('what an image lies on by its header', () => {
    const header = (path: string, about: object) => file(path, JSON.stringify({ format: 'qcow2', ...about }));
    const qcow2 = (path: string, more = '') =>
      `<disk type='file'><driver name='qemu' type='qcow2'/><source file='${path}'/>${more}</disk>`;
    const chain = [header('/i/a', { backing: 'b', backingFormat: 'qcow2' }), header('/i/b', { backing: '/base' })];
    test('is read, however deep', () => {
      assert.deepEqual(shared(qcow2('/i/a'), fileDisk('/base'), chain), yes);
      assert.deepEqual(shared(fileDisk('/base'), qcow2('/i/a'), chain), yes);
      assert.deepEqual(shared(qcow2('/i/a'), fileDisk('/i/b', '<readonly/>'), chain), []);
    });
    test('also below what the XML names, if that does not end', () => {
      const open = fileAt('backingStore', '/i/b');
      assert.deepEqual(shared(qcow2('/x', open), fileDisk('/base'), chain), yes);
      assert.deepEqual(
        shared(qcow2('/x', fileAt('backingStore', '/i/b', '<backingStore/>')), fileDisk('/base'), chain),
        [],
      );
    });
    test('and may be more where it lies on itself', () => {
      const { unknown } = diskFacts(parsed(qcow2('/i/a')), createHostTree([header('/i/a', { backing: 'a' })]), {
        of: () => [],
      });
      assert.deepEqual(unknown, [
        { at: '/disks/0/sharedWith', reason: '/i/a: it lies on itself, by the headers of images' },
      ]);
    });
    test('not where the XML says that there is nothing, nor of a raw image', () => {
      assert.deepEqual(shared(qcow2('/i/a', '<backingStore/>'), fileDisk('/base'), chain), []);
      assert.deepEqual(shared(qcow2('/i/a').replace('qcow2', 'raw'), fileDisk('/base'), chain), []);
      const raw = [header('/i/a', { backing: 'b', backingFormat: 'raw' }), ...chain.slice(1)];
      assert.deepEqual(shared(qcow2('/i/a'), fileDisk('/base'), raw), []);
    });
    test('not where another file of the host is named', () => {
      const networks = ['null', '[]', '{"host":1}', '{"host":[null]}'].map(
        (each) => `{"format":"qcow2","backing":"b","network":${each}}`,
      );
      for (const text of ['{"format":', '{"format":"x"}', '{"format":"qcow2","backing":[]}', '#', ...networks]) {
        assert.deepEqual(shared(qcow2('/i/a'), fileDisk('/base'), [file('/i/a', text)]), []);
      }
    });
    test('an image on itself', () =>
      assert.deepEqual(shared(qcow2('/i/a'), fileDisk('/b'), [header('/i/a', { backing: 'a' })]), []));
    test('that of a running domain is told by its live XML, for its other definition too', () => {
      const live = over('/i/a', '/i/b', '/base').replaceAll('<disk ', "<disk snapshot='no' ");
      const [asking, running, base] = [
        parsed(qcow2('/i/a'), { called: 'own', id: '1', state: 'running' }),
        parsed(live, { called: 'own', id: '1', definition: 'live', state: 'running' }),
        parsed(fileDisk('/base'), { called: 'other', id: '2' }),
      ];
      const tree = createHostTree([]);
      const view = withLiveChains(storageView(tree), [asking, running, base]);
      const sharers = sharedDisks([asking, running, base], view);
      const { facts } = diskFacts(asking, tree, { of: (source) => sharers(source, asking) }, view);
      assert.deepEqual((facts.disks as { sharedWith?: string[] }[])[0]?.sharedWith, yes);
    });
    const learnt = (xml: string, documents: readonly Document[]) =>
      diskFacts(parsed(xml), createHostTree(documents), { of: () => [] });
    test('one that is not there', () => {
      const { facts } = learnt(qcow2('/i/a'), [...host, ...chain]);
      assert.equal((facts.disks as { missing?: string }[])[0]?.missing, 'there is nothing at /base, which it lies on');
    });
    test('one that can’t be read', () => {
      const denied = file('/i/a', JSON.stringify({ format: 'unknown', why: '/i/a: permission denied' }));
      assert.deepEqual(learnt(qcow2('/i/a'), [denied]).unknown, [
        { at: '/disks/0/sharedWith', reason: '/i/a: permission denied' },
        { at: '/disks/0/header', reason: '/i/a: permission denied' },
        { at: '/disks/0/mistyped', reason: '/i/a: permission denied' },
      ]);
    });
    test('one that is named in a way that nobody understands', () =>
      assert.deepEqual(learnt(qcow2('/i/a'), [header('/i/a', { why: 'by a protocol' })]).unknown, [
        { at: '/disks/0/sharedWith', reason: '/i/a: by a protocol' },
      ]));
    test('one that a server has', () => {
      const source = { '@protocol': 'nbd', '@name': 'a', host: [{ '@name': 'h', '@port': '6789' }] };
      const served = [header('/i/a', { network: source })];
      assert.deepEqual(learnt(qcow2('/i/a'), served), {
        facts: { disks: [{ layersBelow: 0, path: '/i/a', header: 'qcow2' }] },
        unknown: [],
      });
      assert.deepEqual(shared(qcow2('/i/a'), network('nbd', 'a', 'h'), served), yes);
      assert.deepEqual(shared(qcow2('/i/a'), network('nbd', 'b', 'h'), served), []);
    });
    const mistyped = (type: string, format: string) => {
      const { facts } = learnt(qcow2('/a').replace('qcow2', type), [file('/a', JSON.stringify({ format }))]);
      return (facts.disks as { mistyped?: string }[])[0]?.mistyped;
    };
    test('whether it is of the type that it is given', () => {
      assert.equal(mistyped('raw', 'qcow2'), 'it is of type raw, and begins as a qcow2 image');
      assert.equal(mistyped('qcow2', 'other'), 'it is of type qcow2, and does not begin as one');
      for (const [type, format] of [
        ['raw', 'other'],
        ['qcow2', 'qcow2'],
        ['vmdk', 'other'],
      ] as const) {
        assert.equal(mistyped(type, format), undefined);
      }
    });
    test('the images to look into', () => {
      const iso = qcow2('/iso').replace("'file'", "'file' device='cdrom'").replace('qcow2', 'raw');
      const devices =
        qcow2('/a') + qcow2('/r').replace('qcow2', 'raw') + qcow2('/x', fileAt('backingStore', '/b')) + iso;
      const images = [
        { path: '/a', follow: true },
        { path: '/b', follow: true },
        { path: '/r', follow: false },
        { path: '/x', follow: false },
      ];
      assert.deepEqual(hostPaths([parsed(devices)], createHostTree([])).images, images);
      for (const about of [{ state: 'running' as const }, { definition: 'live' as const }]) {
        assert.deepEqual(hostPaths([parsed(devices, about)], createHostTree([])).images, []);
      }
    });
  });
  test('by two names of one folder', () => {
    assert.deepEqual(shared(fileDisk('/link/a'), fileDisk('/real/a'), [link('/link', '/real')]), yes);
  });

  const unread = (disk: string, sharers: readonly string[]) =>
    diskFacts(parsed(disk), createHostTree([file('/a', '')]), { of: () => sharers, unread: 'torn' }).unknown;
  test('perhaps a domain that could not be read', () =>
    assert.deepEqual(unread(fileDisk('/a'), []), [{ at: '/disks/0/sharedWith', reason: 'torn' }]));
  test('one that is known, whoever could not be read', () => assert.deepEqual(unread(fileDisk('/a'), ['db']), []));
  test('nobody, of a drive without a medium', () =>
    assert.deepEqual(unread("<disk type='file' device='cdrom'/>", []), []));
});
