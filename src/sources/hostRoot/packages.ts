import type { FileDocument } from '../../model/document.ts';
import type { RootReader } from './rootReader.ts';

const status = '/var/lib/dpkg/status';

/** Packages whose versions, or whose configuration files, facts are drawn from. */
const wanted =
  /^Package: (libvirt0|libvirt-daemon|libvirt-daemon-system|libvirt-daemon-common|qemu-system-(x86|arm|common)|apparmor|intel-microcode|amd64-microcode)$/m;

/**
 * dpkg's status file, cut to the stanzas that matter: megabytes otherwise. Undefined where there is none: on another
 * distribution the versions come from the daemon or stay unknown.
 */
export const packages = (reader: RootReader): FileDocument | undefined => {
  const text = reader.peek(status, (all) =>
    all
      .split('\n\n')
      .filter((stanza) => wanted.test(stanza))
      .join('\n\n'),
  );
  return text === undefined ? undefined : { kind: 'file', origin: status, text };
};
