import type { RootReader } from './rootReader.ts';

/** comm of the daemons and of QEMU (proc(5): cut to 15 bytes), however the distribution calls its binary. */
const wanted = /^(libvirtd|virtqemud|qemu|kvm)/;

const parts = ['comm', 'cmdline', 'attr/apparmor/current', 'attr/current'];

/** Which process is the host's own daemon, and no container's. */
const pidFiles = ['/run/virtqemud.pid', '/run/libvirtd.pid'];

/** The libvirt daemons and QEMU processes below /proc: what they are, how they were started, their AppArmor label. */
export const processes = (reader: RootReader): void => {
  reader.look('/proc/version');
  // Only a running host has it, so that there something missing is missing.
  reader.note('/proc/1');
  for (const path of pidFiles) reader.look(path);
  let keptBack = false;
  for (const pid of reader.names('/proc')) {
    if (!/^\d+$/.test(pid)) continue;
    const comm = reader.peek(`/proc/${pid}/comm`);
    // It has ended meanwhile, or is kept back: looked at, the latter says so. One is enough to know.
    if (comm === undefined && !keptBack) {
      reader.look(`/proc/${pid}/comm`);
      keptBack = reader.realpath(`/proc/${pid}`) !== undefined;
    }
    // The names of all other processes are no evidence and need no document.
    if (comm === undefined || !wanted.test(comm)) continue;
    for (const part of parts) reader.look(`/proc/${pid}/${part}`);
    reader.link(`/proc/${pid}/exe`);
  }
};
