import { isAtLeast, type Versions } from './versions.ts';

/** Who creates a listening socket. */
export type Binder = 'daemon' | 'qemu' | 'unknown';

/**
 * Since libvirt 4.5.0 with QEMU 2.12 the daemon binds it and hands QEMU the descriptor (libvirt's NEWS, 4.5.0: "Implement FD
 * passing for Unix sockets"); before, QEMU bound it itself.
 */
export const socketBinder = ({ libvirt, qemu }: Versions): Binder => {
  if (libvirt === undefined) return 'unknown';
  if (!isAtLeast(libvirt, 4, 5)) return 'qemu';
  return qemu === undefined || isAtLeast(qemu, 2, 12) ? 'daemon' : 'qemu';
};
