/** A domain as CloudStack makes them: two disks, two interfaces, a console; without the agent's channel. */
export const domainXml = (index: number, type = 'qemu'): string => {
  const hex = index.toString(16).padStart(8, '0');
  const mac = (card: number): string => `52:54:0${card}:${hex.slice(2, 4)}:${hex.slice(4, 6)}:${hex.slice(6)}`;
  return `<domain type='${type}'>
  <name>i-2-${index}-VM</name>
  <uuid>${hex}-5eed-4bad-8bad-000000000000</uuid>
  <memory unit='MiB'>512</memory>
  <vcpu>2</vcpu>
  <os>
    <type arch='x86_64' machine='pc-i440fx-7.2'>hvm</type>
    <boot dev='cdrom'/>
    <boot dev='hd'/>
  </os>
  <features><acpi/><apic/><pae/></features>
  <clock offset='utc'/>
  <devices>
    <emulator>/usr/bin/qemu-system-x86_64</emulator>
    <disk type='file' device='disk'>
      <driver name='qemu' type='qcow2' cache='writeback'/>
      <source file='/var/lib/libvirt/images/root-${index}.qcow2'/>
      <target dev='vda' bus='virtio'/>
      <serial>root${index}</serial>
    </disk>
    <disk type='file' device='disk'>
      <driver name='qemu' type='raw' cache='none'/>
      <source file='/var/lib/libvirt/images/data-${index}.raw'/>
      <target dev='vdb' bus='virtio'/>
    </disk>
    <disk type='file' device='cdrom'>
      <target dev='hdc' bus='ide'/>
      <readonly/>
    </disk>
    <interface type='bridge'>
      <mac address='${mac(1)}'/>
      <source bridge='cloudbr0'/>
      <model type='virtio'/>
    </interface>
    <interface type='bridge'>
      <mac address='${mac(2)}'/>
      <source bridge='cloudbr1'/>
      <model type='e1000'/>
    </interface>
    <channel type='unix'>
      <source mode='bind' path='/var/lib/libvirt/qemu/i-2-${index}-VM.vport'/>
      <target type='virtio' name='i-2-${index}-VM.vport'/>
    </channel>
    <graphics type='vnc' port='-1' autoport='yes' listen='0.0.0.0'>
      <listen type='address' address='0.0.0.0'/>
    </graphics>
    <video><model type='cirrus'/></video>
    <memballoon model='virtio'/>
  </devices>
</domain>`;
};
