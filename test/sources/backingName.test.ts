import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { backingName } from '../../src/sources/hostRoot/backingName.ts';

const network = (protocol: string, name: string, ...hosts: readonly object[]) => ({
  network: { '@protocol': protocol, '@name': name, ...(hosts.length === 0 ? {} : { host: hosts }) },
});
const host = (name: string, port?: string) => ({ '@name': name, ...(port === undefined ? {} : { '@port': port }) });
const refused = { why: 'what it lies on is named in a way that libvirt does not understand' };

/** As libvirt 9.0 started QEMU on a qcow2 image with each name, or refused to; passwords apart. */
const cases: readonly (readonly [name: string, meant: object])[] = [
  ['b.qcow2', { backing: 'b.qcow2' }],
  ['/i/b:c', { backing: '/i/b:c' }],
  ['./x:y', { backing: './x:y' }],
  ['a b:c', refused],
  ['1:b', refused],
  ['file:b.qcow2', refused],
  ['file:/i/b.qcow2', refused],
  ['file:///i/b.qcow2', refused],
  ['host_device:/dev/sdq', refused],
  ['nvme://0000:01:00.0/1', refused],
  ['nbd://h/x', network('nbd', 'x', host('h'))],
  ['nbd://[::1]:10810/x%20y', network('nbd', 'x y', host('::1', '10810'))],
  ['nbd://h/%', refused],
  ['nbd://h?x', network('nbd', '', host('h'))],
  ['nbd://h:x/y', refused],
  ['nbd://h:/y', refused],
  ['https://user:p@ss@h/a', refused],
  ['https://user:p/w@h/a', refused],
  ['https://user:p?w@h/a', refused],
  ['json:{"driver":"https","url":"https://user:p@ss@h/a"}', refused],
  ['nbd+unix:///x?socket=/s', network('nbd', 'x', { '@socket': '/s' })],
  ['nbd:unix:/s', network('nbd', '', { '@socket': '/s' })],
  ['nbd:h:10809:exportname=x', network('nbd', 'x', host('h', '10809'))],
  ['nbd:[::1]:10809', network('nbd', '', host('::1', '10809'))],
  ['nbd:h', refused],
  ['https://user:pw@h:8443/i/a.img?token=x', network('https', 'i/a.img', host('h', '8443'))],
  ['ssh://user@h/i/a', network('ssh', 'i/a', host('h'))],
  ['gluster+tcp://h:24007/vol/a', network('gluster', 'vol/a', host('h', '24007'))],
  ['iscsi://u%p@h/iqn.2026-01.x:y/1', network('iscsi', 'iqn.2026-01.x:y/1', host('h'))],
  ['rbd:p/i@snap:id=a:key=secret', network('rbd', 'p/i')],
  [
    'rbd:p/i:mon_host=m1\\:6789\\;[\\:\\:1]\\:3300\\;m3:conf=/etc/ceph/b.conf:key=secret',
    {
      network: {
        ...network('rbd', 'p/i', host('m1', '6789'), host('::1', '3300'), host('m3')).network,
        config: { '@file': '/etc/ceph/b.conf' },
      },
    },
  ],
  ['json:{bad', refused],
  ['json:[]', refused],
  ['json:{"file.filename":"/i/b"}', refused],
  ['json:{"driver":"qcow2","file":{"driver":"file","filename":"/i/b"}}', refused],
  ['json:{"driver":"raw","file":{"driver":"raw","file":{"driver":"file","filename":"/i/b"}}}', refused],
  ['json:{"driver":"file","filename":"b"}', refused],
  ['json:{"driver":"file","filename":"/i/b"}', { backing: '/i/b' }],
  ['json:{"file.driver":"host_device","file.filename":"/dev/sdq"}', { backing: '/dev/sdq' }],
  ['json:{"driver":"raw","file":{"driver":"host_device","filename":"/dev/sdq"}}', { backing: '/dev/sdq' }],
  ['json:{"file":{"driver":"nbd","host":"h","port":10809}}', network('nbd', '', host('h', '10809'))],
  ['json:{"driver":"nbd","export":"x","server":{"type":"unix","path":"/s"}}', network('nbd', 'x', { '@socket': '/s' })],
  [
    'json:{"driver":"nbd","server.type":"inet","server.host":"h","server.port":"1"}',
    network('nbd', '', host('h', '1')),
  ],
  ['json:{"driver":"https","url":"https://h/a","password-secret":"s"}', network('https', 'a', host('h'))],
  ['json:{"driver":"https","url":"nbd://h/a"}', refused],
  ['json:{"driver":"ssh","host":"h","path":"/a","user":"u"}', network('ssh', '/a', host('h'))],
  ['json:{"driver":"rbd","pool":"p","image":"i","user":"a"}', network('rbd', 'p/i')],
  ['json:{"driver":"rbd","filename":"rbd:p/i:key=secret"}', network('rbd', 'p/i')],
  [
    'json:{"driver":"rbd","pool":"p","image":"i","server.0.host":"m","server.0.port":"6789"}',
    network('rbd', 'p/i', host('m', '6789')),
  ],
  [
    'json:{"driver":"gluster","volume":"v","path":"a","server":[{"type":"tcp","host":"h","port":"1"}]}',
    network('gluster', 'v/a', host('h', '1')),
  ],
  [
    'json:{"driver":"iscsi","portal":"h:3260","target":"iqn.x","lun":1,"transport":"tcp","password":"x"}',
    network('iscsi', 'iqn.x/1', host('h', '3260')),
  ],
  ['json:{"driver":"toString"}', refused],
];

describe('the name of what an image lies on', () => {
  for (const [name, meant] of cases) test(name, () => assert.deepEqual(backingName(name), meant));
});
