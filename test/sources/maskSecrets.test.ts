import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Document } from '../../src/model/document.ts';
import { maskSecrets } from '../../src/sources/maskSecrets.ts';
import { growsWithLength } from '../growth.ts';

test('of a hook script only the lines that rules judge stay, in their places', () => {
  const text = '#!/bin/sh\nTOKEN=s3cret\ncat /dev/vport0p1\ncurl -u me:s3cret https://a/\n';
  assert.deepEqual(maskSecrets({ kind: 'file', origin: '/etc/libvirt/hooks/qemu.d/a', text, mode: 0o755 }), {
    kind: 'file',
    origin: '/etc/libvirt/hooks/qemu.d/a',
    text: '\n\ncat /dev/vport0p1\n\n',
    mode: 0o755,
  });
});

const left = (kind: 'domain' | 'file', origin: string, text: string): string =>
  (maskSecrets({ kind, origin, text } as Document) as { text: string }).text;

test('no secret leaves, whatever form it has', () => {
  const leaks: ['domain' | 'file', string, string][] = [
    ['domain', 'q.xml', "<qemu:arg value='secret,id=s0,data=TOP'/><qemu:arg value='port=5900,password=TOP'/>"],
    ['domain', 'q.xml', "<qemu:env name='VNC_PASSWORD' value='TOP'/><cookie name='a'>TOP</cookie>"],
    [
      'domain',
      'q.xml',
      "<qemu:arg value='{&quot;qom-type&quot;:&quot;secret&quot;,&quot;data&quot;:&quot;TOP&quot;}'/>",
    ],
    [
      'domain',
      'q.xml',
      `<metadata><x:a xmlns:x='u'><x:password>TOP</x:password><x:b token='TOP' apiKey="TOP"/><x:secret><![CDATA[TOP]]></x:secret></x:a></metadata>`,
    ],
    ['domain', 'q.xml', '<title>pwd is TOP</title><description>\nroot password: TOP\n</description>'],
    [
      'domain',
      'q.xml',
      '<os><cmdline>quiet password=TOP token=&quot;a TOP&quot; systemd.set_credential=n:TOP</cmdline></os>',
    ],
    [
      'domain',
      'q.xml',
      "<sysinfo type='smbios'><oemStrings><entry>io.systemd.credential:passwd.x.root=TOP</entry></oemStrings></sysinfo>",
    ],
    [
      'domain',
      'q.xml',
      "<sysinfo type='fwcfg'><entry name='opt/a'>{&quot;hash&quot;:&quot;TOP&quot;}</entry></sysinfo>",
    ],
    ['domain', 'q.xml', "<qemu:arg value='type=11,value=io.systemd.credential:passwd.x.root=TOP,,TOP'/>"],
    ['domain', 'q.xml', "<graphics type='vnc' passwd='TOP' passwdValidTo='2030-01-01T00:00:00'/>"],
    [
      'file',
      '/proc/77/cmdline',
      '-smbios\0type=11,value=io.systemd.credential.binary:x=TOP\0-append\0a systemd.set_credential=n:TOP',
    ],
    ['file', '/var/lib/libvirt/qemu/snapshot/web/a.xml', '<description>password: TOP</description>'],
    ['file', '/etc/default/libvirtd', 'KRB5_PASSWORD="TOP"\n'],
    ['file', '/etc/default/libvirtd', `LIBVIRTD_ARGS="--listen password=TOP --token=TOP"\n`],
    ['file', '/etc/sysconfig/libvirtd', 'export KRB5_PASSWORD="TOP"\n'],
    ['file', '/etc/systemd/system/libvirtd.service', '[Service]\nEnvironment="DB_PASSWORD=TOP" API_TOKEN=TOP\n'],
    ['file', '/etc/libvirt/qemu.conf', '#vnc_password = "TOP"\n'],
    [
      'file',
      '/a/agent.properties',
      'keystore.passphrase=abc\\\n  TOP\npassword TOP\npassword:TOP\napikey=TOP\npwd=TOP\n',
    ],
    ['file', '/proc/77/cmdline', '-object\0secret,id=a,data=abc,,TOP\0-fw_cfg\0name=opt/a,string=TOP'],
    ['file', '/proc/77/cmdline', '-object\0{"qom-type":"secret","data":"TOP"}\0file=rbd:p/i:id=admin:key=TOP'],
    [
      'file',
      '/etc/libvirt/storage/share.xml',
      "<pool><fs:mount_opts><fs:option name='password=TOP'/></fs:mount_opts><rbd:option name='key' value='TOP'/></pool>",
    ],
    ['file', '/run/libvirt/storage/share.xml', "<pool xmlns='x'><option\nname='pass=TOP'/></pool>\n"],
    ...[
      'ExecStartPre=/usr/bin/curl -u admin:TOP https://cmdb/up\nExecStart=/usr/sbin/libvirtd -u admin:TOP\n',
      'ExecStart=/usr/bin/wrap --token TOP -H "Authorization: Bearer TOP" --x=TOP \\\n  TOP\n',
      'Environment="PGPASS=TOP" AUTH=TOP A="TOP TOP" "LIBVIRTD_ARGS=--listen TOP" \\\n B=TOP\n',
      '# TOP\nSetCredential=a:TOP\nEnvironment=B=TOP\n',
    ].map((text): ['file', string, string] => ['file', '/etc/systemd/system/libvirtd.service.d/p.conf', text]),
    ['file', '/etc/passwd', 'root:TOP:0:0::/:/bin/sh\n'],
    ['file', '/etc/group', 'kvm:TOP:1:\n'],
    ['file', '/etc/any', 'https://user:TOP@host/\n'],
  ];
  for (const [kind, origin, text] of leaks) {
    const masked = left(kind, origin, text);
    assert.doesNotMatch(masked, /TOP/, text);
    assert.match(masked, /\[masked\]/);
    assert.equal(masked.split('\n').length, text.split('\n').length);
  }
});

test('a long word, such as of base64, costs no more than its length', () => {
  const makes: readonly ((length: number) => string)[] = [
    (length) => 'A'.repeat(length),
    (length) => `<entry>${'A'.repeat(length)}</entry>`,
    (length) => `<cmdline>${'passwd'.repeat(length / 6)}</cmdline>`,
  ];
  for (const make of makes) {
    growsWithLength(15_000, make, (text) => assert.equal(left('domain', 'q.xml', text), text));
  }
});

test('what rules read stays', () => {
  for (const text of [
    'vnc_tls_x509_secret_uuid = "1"\n',
    'key_file = "/a"\n',
    'ARGS="secret_uuid=1 --key_file=/a"\n',
  ]) {
    assert.equal(left('file', '/etc/libvirt/qemu.conf', text), text);
  }
  for (const xml of [
    "<auth username='a'><secret type='ceph' uuid='5a1f1c3e-6f0e-4c55-9c9b-0d4c2f0a7a01'/></auth>",
    "<encryption secret='5a1f1c3e-6f0e-4c55-9c9b-0d4c2f0a7a01'/><graphics passwdValidTo='2030-01-01T00:00:00'/>",
    "<cmdline>console=ttyS0 root=/dev/vda</cmdline><title>web</title><entry name='serial'>1</entry>",
    '<metadata><n:token/><n:secret> </n:secret><n:owner>me</n:owner></metadata>',
  ]) {
    assert.equal(left('domain', 'q.xml', xml), xml);
  }
  const unit = `[Unit]
Wants=libvirtd-tcp.socket
[Service]

EnvironmentFile=-/etc/default/libvirtd
Environment="LIBVIRTD_ARGS=--listen --timeout=/x"
ExecStart=/usr/sbin/libvirtd $LIBVIRTD_ARGS \\
  --listen \${MORE} -l
`;
  assert.equal(left('file', '/lib/systemd/system/libvirtd.service', unit), unit);
  assert.equal(left('file', '/etc/passwd', 'root:x:0:0::/:/bin/sh\n'), 'root:x:0:0::/:/bin/sh\n');
});
