import type { JsonObject } from '../../../model/json.ts';
import { namedSettings, type SettingShape } from '../daemon/namedSettings.ts';
import type { HostTree } from '../hostTree.ts';

/** The settings that rules read, as qemu.conf's own comments describe them. */
const shapes: Readonly<Record<string, SettingShape>> = {
  group: 'value',
  security_default_confined: 'value',
  swtpm_user: 'value',
  stdio_handler: 'value',
  capability_filters: 'list',
  deprecation_behavior: 'value',
  seccomp_sandbox: 'value',
  namespaces: 'list',
  cgroup_controllers: 'list',
  cgroup_device_acl: 'list',
  relaxed_acs_check: 'value',
  dump_guest_core: 'value',
  max_core: 'value',
  vnc_listen: 'value',
  vnc_tls: 'value',
  vnc_auto_unix_socket: 'value',
  spice_listen: 'value',
  spice_tls: 'value',
  spice_auto_unix_socket: 'value',
  migrate_tls_force: 'value',
  migration_address: 'value',
  auto_shutdown_try_save: 'value',
  auto_shutdown_try_shutdown: 'value',
  auto_shutdown_poweroff: 'value',
};

/**
 * `host.qemu.conf`: what qemu.conf sets, under its own names; a setting that it leaves to libvirt's default is absent. A host
 * with libvirt and without that file has only defaults. An unreadable one makes all of `/host/qemu` unknown already.
 */
export const qemuConf = (tree: HostTree): JsonObject => {
  const settings = namedSettings(tree, '/etc/libvirt/qemu.conf', shapes);
  if (settings !== undefined) return { conf: settings };
  return tree.list('/etc/libvirt') === undefined ? {} : { conf: {} };
};
