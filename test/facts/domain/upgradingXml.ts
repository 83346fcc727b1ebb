import type { Definition } from '../../../src/model/definition.ts';
import type { DomainDocument } from '../../../src/model/document.ts';

/** A domain, started as QEMU 4.1's and configured for the newest, that asks for whatever QEMU has taken away, names files that are gone. */
export const upgrading = (definition: Definition): DomainDocument => ({
  kind: 'domain',
  origin: 'old.xml',
  definition,
  state: definition === 'live' ? 'running' : 'shutoff',
  text: `<domain type='kvm' xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'>
    <name>old</name>
    <uuid>5a1f1c3e-6f0e-4c55-9c9b-0d4c2f0a7a0b</uuid>
    <os>
      <type arch='x86_64' machine='${definition === 'live' ? 'pc-i440fx-4.1' : 'pc'}'>hvm</type>
      <loader readonly='yes' type='pflash'>/usr/share/OVMF/OVMF_CODE.fd</loader>
    </os>
    <cpu mode='custom'><model fallback='forbid'>Icelake-Client</model></cpu>
    <devices>
      <emulator>/usr/bin/qemu-system-x86_64</emulator>
      <disk type='file' device='disk'>
        <source file='/srv/old.qcow2'/>
        <target dev='vda' bus='virtio'/>
      </disk>
      <disk type='block' device='lun'>
        <source dev='/dev/sdz'/>
        <target dev='vdb' bus='virtio'/>
      </disk>
      <disk type='network' device='disk'>
        <source protocol='sheepdog' name='v'/>
        <target dev='vdc' bus='virtio'/>
      </disk>
      <disk type='network' device='disk'>
        <source protocol='gluster' name='v/i'/>
        <target dev='vdd' bus='virtio'/>
      </disk>
    </devices>
    <qemu:commandline>
      <qemu:arg value='-no-hpet'/>
      <qemu:env name='QEMU_AUDIO_DRV' value='none'/>
    </qemu:commandline>
  </domain>`,
});
