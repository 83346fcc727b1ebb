import type { HostTree } from '../hostTree.ts';
import type { Learnt } from '../learnt.ts';
import type { Daemon } from './daemon.ts';
import { namedSettings, type SettingShape } from './namedSettings.ts';

/** The settings that rules read, as libvirtd.conf's own comments describe them. */
const shapes: Readonly<Record<string, SettingShape>> = {
  audit_level: 'value',
  log_level: 'value',
  log_filters: 'value',
  log_outputs: 'value',
};

/** `host.daemon`: what the configuration file of the daemon that drives QEMU sets, under its names. */
export const daemonConf = (tree: HostTree, { name, uncertain }: Daemon): Learnt => {
  const conf = `/etc/libvirt/${name}.conf`;
  const known = tree.read(conf);
  const settings = namedSettings(tree, conf, shapes);
  const reason = known !== undefined && 'unreadable' in known ? known.unreadable : uncertain;
  return {
    facts: { daemon: settings === undefined ? {} : { conf, ...settings } },
    unknown:
      reason === undefined
        ? []
        : ['conf', ...Object.keys(shapes)].map((setting) => ({ at: `/host/daemon/${setting}`, reason })),
  };
};
