/** Whether every QEMU has it, or else how to see whether the target has. */
type Untold = { always: true } | { unsure: string };

const always: Untold = { always: true };

const besideQemu = (what: string, see: string): Untold => ({
  unsure: `whether the target has ${what} is not told by its domcapabilities; see there: ${see}`,
});

/** The channels of `spiceport` and `dbus` go with a display of that kind, which is asked for itself. */
const channels = ['dbus', 'dev', 'file', 'null', 'pipe', 'spiceport', 'stdio', 'tcp', 'udp', 'vc'];

/**
 * What libvirt's QEMU driver starts and never names among an enum's values, seen with 9.0 and 11.3 (formatdomaincaps has the
 * enums): that it isn't there tells nothing.
 */
const untold: ReadonlyMap<string, Untold> = new Map([
  ...channels.map((type) => [`channel type ${type}`, always] as const),
  ['channel type qemu-vdagent', besideQemu('qemu-vdagent', 'qemu-system-x86_64 -chardev help')],
  ['filesystem driverType mtp', besideQemu('the device usb-mtp', 'qemu-system-x86_64 -device usb-mtp,help')],
  ['hostdev subsysType mdev', besideQemu('the mediated device', 'virsh nodedev-list --cap mdev')],
  ['hostdev subsysType scsi_host', besideQemu('vhost-scsi', 'modprobe -n vhost-scsi')],
]);

/** What is known of a value that the enum `name` of `element` never has; undefined where absence from it tells. */
export const untoldOf = (element: string, name: string, value: string): Untold | undefined =>
  untold.get(`${element} ${name} ${value}`);
