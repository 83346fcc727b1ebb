/** Three domains of four lack nothing; the others lack the guest agent, or have two of its channels that share a socket. */
const channels = (index: number): string => {
  const socket = `/var/lib/libvirt/qemu/fleet-${index}.org.qemu.guest_agent.0`;
  const agent = `<channel type='unix'><source mode='bind' path='${socket}'/><target type='virtio' name='org.qemu.guest_agent.0'/></channel>`;
  switch (index % 8) {
    case 3:
      return '';
    case 7:
      return `${agent}${agent}`;
    default:
      return agent;
  }
};

/** The XML of a fleet's domain. */
export const fleetDomain = (index: number): string => `<domain type='kvm'>
  <name>i-2-${index}-VM</name>
  <uuid>00000000-0000-4000-8000-${index.toString(16).padStart(12, '0')}</uuid>
  <memory unit='MiB'>2048</memory>
  <vcpu>2</vcpu>
  <os><type arch='x86_64' machine='pc-q35-7.2'>hvm</type></os>
  <devices>
    <controller type='virtio-serial' index='0'/>
    ${channels(index)}
  </devices>
</domain>
`;
