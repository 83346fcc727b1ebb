import type { RootReader } from './rootReader.ts';

/** Where the kernel's audit messages end up: auditd's own log, else the kernel's and the system's. */
const logs = ['/var/log/audit/audit.log', '/var/log/kern.log', '/var/log/syslog'];

/** Of a log only its end is read. */
const tailBytes = 256 * 1024;

/** What AppArmor refused libvirt's daemons, its helper and its domains (apparmor(7), "ERRORS"). */
const refused = /apparmor="DENIED".*\bprofile="(?:libvirt|virt)/;

/** What AppArmor lately refused libvirt, by the logs; of these nothing else is kept. */
export const denials = (reader: RootReader): void => {
  for (const log of logs) {
    reader.tail(log, tailBytes, (text) =>
      text
        .split('\n')
        .filter((line) => refused.test(line))
        .join('\n'),
    );
  }
};
