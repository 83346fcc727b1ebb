import { kernelLogs } from '../../model/kernelLogs.ts';
import type { RootReader } from './rootReader.ts';

/** Of a log only its end is read. */
const tailBytes = 256 * 1024;

/** What AppArmor refused libvirt's daemons, its helper and its domains (apparmor(7), "ERRORS"). */
const refused = /apparmor="DENIED".*\bprofile="(?:libvirt|virt)/;

/** What AppArmor lately refused libvirt, by the logs; of these nothing else is kept. */
export const denials = (reader: RootReader): void => {
  for (const log of kernelLogs) {
    reader.tail(log, tailBytes, (text) =>
      text
        .split('\n')
        .filter((line) => refused.test(line))
        .join('\n'),
    );
  }
};
