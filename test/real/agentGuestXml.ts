import { guestCmdline } from './guestCmdline.ts';
import type { GuestImage } from './guestImage.ts';
import { serialPorts } from './serialPorts.ts';

/** Where libvirt, as shipped, keeps the sockets of the domains. */
const folder = '/var/lib/libvirt/qemu';

/** Which of the two channels comes first in the domain's XML, and so gets the first port. */
type ChannelOrder = 'agent-first' | 'vport-first';

/** What distinguishes one guest of the tests from another. */
export interface AgentGuestOptions {
  name: string;
  channels: ChannelOrder;
}

const channel = (socket: string, target: string): string => `
    <channel type='unix'>
      <source mode='bind' path='${socket}'/>
      <target type='virtio' name='${target}'/>
    </channel>`;

/**
 * A domain with the two channels of a CloudStack system VM: the guest agent's and the VM's own, `<name>.vport`. It is
 * emulated, and its console goes to a file; the control port is for the tests alone.
 */
export const agentGuestXml = ({ name, channels }: AgentGuestOptions, { kernel, initrd }: GuestImage): string => {
  const agent = channel(`${folder}/${name}.org.qemu.guest_agent.0`, 'org.qemu.guest_agent.0');
  const vport = channel(`${folder}/${name}.vport`, `${name}.vport`);
  const serial = serialPorts(name);
  return `<domain type='qemu'>
  <name>${name}</name>
  <memory unit='MiB'>256</memory>
  <vcpu>1</vcpu>
  <os>
    <type arch='x86_64' machine='q35'>hvm</type>
    <kernel>${kernel}</kernel>
    <initrd>${initrd}</initrd>
    <cmdline>${guestCmdline} ports=2</cmdline>
  </os>
  <features><acpi/></features>
  <on_reboot>destroy</on_reboot>
  <devices>
    <serial type='file'>
      <source path='${serial.console}'/>
      <target port='0'/>
    </serial>
    <serial type='unix'>
      <source mode='bind' path='${serial.control}'/>
      <target port='1'/>
    </serial>${channels === 'agent-first' ? agent + vport : vport + agent}
  </devices>
</domain>
`;
};
