import { posix } from 'node:path';
import type { HostTree } from '../hostTree.ts';
import type { Learnt } from '../learnt.ts';
import { unreadableAs } from '../unreadable.ts';
import type { Daemon } from './daemon.ts';
import { parseLibvirtConf } from './libvirtConf.ts';

/**
 * What QEMU may have certificates of its own for. Each may be asked for at any time, by a domain's XML, a migration
 * (`VIR_MIGRATE_TLS`) or a backup, whatever qemu.conf says, except for displays.
 */
const uses = ['vnc', 'spice', 'rdp', 'chardev', 'migrate', 'nbd', 'vxhs', 'backup'];

/** Only `vnc_tls` and `spice_tls` ask for these: no XML can (formatdomain, "Graphical framebuffers"). */
const displays = new Set(['vnc', 'spice']);

const names = ['ca-cert.pem', 'server-cert.pem', 'client-cert.pem'];

/** Where libvirt and QEMU look for certificates. */
export interface CertificatePlaces {
  certificates: readonly string[];
  /** The folders in which there may be parameters as well. */
  folders: readonly string[];
  /** Why there may be others. */
  uncertain: string | undefined;
}

/** A domain that was started while its display was to have TLS goes on with it, and has the folder in its arguments. */
const mayBeInArguments = (tree: HostTree, folder: string): boolean =>
  (tree.list('/proc') ?? []).some((entry) => {
    if (!/^\d+$/.test(entry)) return false;
    const [name, started] = ['comm', 'cmdline'].map((part) => tree.read(`/proc/${entry}/${part}`));
    // Of what is kept back nobody knows whether it is QEMU.
    if ([name, started].some((known) => known !== undefined && 'unreadable' in known)) return true;
    return started !== undefined && 'text' in started && started.text.includes(folder);
  });

const hasCertificates = (tree: HostTree, folder: string): boolean =>
  names.some((name) => tree.read(posix.join(folder, name)) !== undefined);

/** Whether the daemons take, or may take, TLS connections: a server's certificate is for nothing else. */
const mayServeTls = ({ facts: { remote }, unknown }: Learnt): boolean =>
  unknown.length > 0 || (Array.isArray(remote) && remote.some(({ transport }) => transport === 'tls'));

/**
 * As libvirtd.conf or, with the modular daemons, virtproxyd.conf (`ca_file`, `cert_file`) and qemu.conf
 * (`*_tls_x509_cert_dir`) name them, else where libvirt looks of its own accord. Its clients have no such settings. Left out
 * is what certainly nobody uses.
 *
 * @param remote the ways in which the daemons take connections
 */
export const certificatePlaces = (tree: HostTree, { name, uncertain }: Daemon, remote: Learnt): CertificatePlaces => {
  const confs = {
    daemon: `/etc/libvirt/${name === 'libvirtd' ? name : 'virtproxyd'}.conf`,
    qemu: '/etc/libvirt/qemu.conf',
  };
  const settingsIn = (conf: string): ReturnType<typeof parseLibvirtConf> => {
    const known = tree.read(conf);
    return parseLibvirtConf(known !== undefined && 'text' in known ? known.text : '');
  };
  const pathIn =
    (settings: ReturnType<typeof parseLibvirtConf>): ((setting: string) => string | undefined) =>
    (setting) => {
      const value = settings.get(setting);
      return typeof value === 'string' && value.startsWith('/') ? value : undefined;
    };
  const settings = settingsIn(confs.qemu);
  const [daemon, qemu] = [pathIn(settingsIn(confs.daemon)), pathIn(settings)];
  const base = qemu('default_tls_x509_cert_dir') ?? '/etc/pki/qemu';
  const own = uses.map((use) => ({ use, folder: qemu(`${use}_tls_x509_cert_dir`) ?? `/etc/pki/libvirt-${use}` }));
  const mayBeUsed = own.filter(
    ({ use, folder }) =>
      !displays.has(use) ||
      settings.get(`${use}_tls`) === 1 ||
      (hasCertificates(tree, folder) && mayBeInArguments(tree, folder)),
  );
  const ofServer = [daemon('ca_file'), daemon('cert_file') ?? '/etc/pki/libvirt/servercert.pem'];
  const certificates = [
    '/etc/pki/CA/cacert.pem',
    ...(mayServeTls(remote) ? ofServer.filter((path) => path !== undefined) : []),
    '/etc/pki/libvirt/clientcert.pem',
    ...[base, ...mayBeUsed.map(({ folder }) => folder)].flatMap((folder) =>
      names.map((each) => posix.join(folder, each)),
    ),
  ];
  return {
    certificates: [...new Set(certificates)],
    folders: [...new Set(['/etc/pki/libvirt', base, ...own.map(({ folder }) => folder)])],
    uncertain: uncertain ?? unreadableAs(tree, Object.values(confs), '')[0]?.reason,
  };
};
