import { SourceError } from '../collect.ts';

/** The read-only sockets of the daemons that serve QEMU: the modular one first, as libvirt's own clients prefer. */
const readOnlySockets = ['/run/libvirt/virtqemud-sock-ro', '/run/libvirt/libvirt-sock-ro'];

const refuse = (uri: string, why: string): never => {
  throw new SourceError(`${uri}: ${why}`);
};

/**
 * The URIs to try for `uri`, every one read-only by construction: the binding can only call virConnectOpen, so the
 * connection goes to a socket on which the daemon itself refuses every write (libvirt's daemons.rst, "-ro" sockets).
 * libvirt's test driver lives in this process and touches nothing.
 *
 * @param exists tells which of the sockets are there
 * @throws SourceError where no read-only way is known
 */
export const readOnlyUris = (uri: string, exists: (path: string) => boolean): string[] => {
  let parsed: URL;
  try {
    parsed = new URL(uri);
  } catch {
    return refuse(uri, 'not a libvirt URI; use qemu:///system, or test:///default to try the program');
  }
  if (!['test:', 'qemu:', 'qemu+unix:'].includes(parsed.protocol)) {
    return refuse(uri, 'only qemu: and test: connections are audited; run virt-audit on the host itself');
  }
  if (parsed.host !== '') return refuse(uri, 'remote hosts are not audited; run virt-audit on the host itself');
  if (parsed.protocol === 'test:') return [uri];
  if (parsed.pathname !== '/system') {
    return refuse(uri, 'a session daemon has no read-only socket; use qemu:///system, or --domains with XML files');
  }
  if (parsed.search !== '' || parsed.hash !== '') {
    // libvirt also splits at `;` and lets a later parameter win, so nothing but this one form is let through.
    return /^\?socket=\/[\w./-]*-sock-ro$/.test(parsed.search) && parsed.hash === ''
      ? [uri]
      : refuse(uri, 'virt-audit opens read-only sockets alone: ?socket=/PATH-sock-ro, and no other parameter');
  }
  const present = readOnlySockets.filter(exists);
  if (present.length === 0) {
    return refuse(
      uri,
      `no libvirt daemon: neither ${readOnlySockets.join(' nor ')} exists; start libvirtd or virtqemud (systemctl start libvirtd), or audit files with --domains`,
    );
  }
  return present.map((socket) => {
    const readOnly = new URL(uri);
    readOnly.searchParams.set('socket', socket);
    // URLSearchParams escapes the slashes, which libvirt would take literally before 5.0.
    return readOnly.href.replaceAll('%2F', '/');
  });
};
