/** The paths of a guest's serial ports, as its host sees them: the console's file and the control port's socket. */
export const serialPorts = (name: string): { console: string; control: string } => ({
  console: `/var/lib/libvirt/qemu/${name}.console`,
  control: `/var/lib/libvirt/qemu/${name}.control`,
});
