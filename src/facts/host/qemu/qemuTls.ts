import type { JsonObject } from '../../../model/json.ts';
import { parseLibvirtConf } from '../daemon/libvirtConf.ts';
import type { HostTree } from '../hostTree.ts';

const conf = '/etc/libvirt/qemu.conf';

/**
 * `host.qemu.tls`: of which of QEMU's listeners qemu.conf asks for TLS (`vnc_tls`, `spice_tls`, `chardev_tls`; each is off when
 * left out). An unreadable qemu.conf makes all of `/host/qemu` unknown already.
 */
export const qemuTls = (tree: HostTree): JsonObject => {
  const known = tree.read(conf);
  const settings = parseLibvirtConf(known !== undefined && 'text' in known ? known.text : '');
  const isOn = (name: string): boolean => settings.get(name) === 1;
  return { vnc: isOn('vnc_tls'), spice: isOn('spice_tls'), chardev: isOn('chardev_tls') };
};
