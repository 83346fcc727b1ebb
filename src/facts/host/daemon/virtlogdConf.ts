import type { HostTree } from '../hostTree.ts';
import type { Learnt } from '../learnt.ts';
import { unreadableAs } from '../unreadable.ts';
import { namedSettings } from './namedSettings.ts';

const conf = '/etc/libvirt/virtlogd.conf';

/** `host.virtlogd`: what virtlogd.conf sets, under its own names; what it leaves to virtlogd's default is absent. */
export const virtlogdConf = (tree: HostTree): Learnt => ({
  facts: { virtlogd: namedSettings(tree, conf, { max_size: 'value' }) ?? {} },
  unknown: unreadableAs(tree, [conf], '/host/virtlogd'),
});
