import { posix } from 'node:path';
import type { RootReader } from './rootReader.ts';

/** What the administrator has decided, and what packages ship: systemd.unit(5), "Unit File Load Path". */
const configured = '/etc/systemd/system';
const packaged = ['/lib/systemd/system', '/usr/lib/systemd/system'];

/** Units that facts are drawn from; the other links of systemd's are no evidence. */
const unit =
  /^((libvirtd|virtproxyd)(-(tcp|tls))?\.socket|virtqemud\.socket|(libvirtd|virtqemud|libvirt-guests|chronyd?|ntpd?|ntpsec|openntpd|systemd-timesyncd|timemaster|(ptp4l|phc2sys)(@.*)?)\.service)$/;

/** Those of which it matters what is in them. */
const services = ['libvirtd.service', 'virtproxyd.service'];

/** Which units are wanted by what, and how the daemons that take connections are started. */
export const units = (reader: RootReader): void => {
  const names = reader.names(configured);
  const folders = ['', ...names.filter((name) => /\.(wants|requires)$/.test(name))];
  for (const folder of folders.map((name) => posix.join(configured, name))) {
    for (const name of reader.names(folder)) if (unit.test(name)) reader.look(posix.join(folder, name));
  }
  for (const service of services) {
    for (const folder of packaged) reader.look(posix.join(folder, service));
    for (const folder of [...packaged, configured].map((each) => posix.join(each, `${service}.d`))) {
      for (const name of reader.names(folder)) if (name.endsWith('.conf')) reader.look(posix.join(folder, name));
    }
  }
};
