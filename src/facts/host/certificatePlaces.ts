import { posix } from 'node:path';
import type { Daemon } from './daemon.ts';
import type { HostTree } from './hostTree.ts';
import { parseLibvirtConf } from './libvirtConf.ts';
import { unreadableAs } from './unreadable.ts';

const uses = ['vnc', 'spice', 'rdp', 'chardev', 'migrate', 'nbd', 'vxhs', 'backup'];

const names = ['ca-cert.pem', 'server-cert.pem', 'client-cert.pem'];

/** Where libvirt and QEMU look for certificates. */
export interface CertificatePlaces {
  certificates: readonly string[];
  /** The folders in which there may be parameters as well. */
  folders: readonly string[];
  /** Why there may be others. */
  uncertain: string | undefined;
}

/**
 * As libvirtd.conf or, with the modular daemons, virtproxyd.conf (`ca_file`, `cert_file`) and qemu.conf
 * (`*_tls_x509_cert_dir`) name them, else where libvirt looks of its own accord. Its clients have no such settings.
 */
export const certificatePlaces = (tree: HostTree, { name, uncertain }: Daemon): CertificatePlaces => {
  const confs = {
    daemon: `/etc/libvirt/${name === 'libvirtd' ? name : 'virtproxyd'}.conf`,
    qemu: '/etc/libvirt/qemu.conf',
  };
  const pathIn = (conf: string): ((setting: string) => string | undefined) => {
    const known = tree.read(conf);
    const settings = parseLibvirtConf(known !== undefined && 'text' in known ? known.text : '');
    return (setting) => {
      const value = settings.get(setting);
      return typeof value === 'string' && value.startsWith('/') ? value : undefined;
    };
  };
  const [daemon, qemu] = [pathIn(confs.daemon), pathIn(confs.qemu)];
  const qemuFolders = [
    qemu('default_tls_x509_cert_dir') ?? '/etc/pki/qemu',
    ...uses.map((use) => qemu(`${use}_tls_x509_cert_dir`) ?? `/etc/pki/libvirt-${use}`),
  ];
  const certificates = [
    '/etc/pki/CA/cacert.pem',
    ...[daemon('ca_file')].filter((path) => path !== undefined),
    daemon('cert_file') ?? '/etc/pki/libvirt/servercert.pem',
    '/etc/pki/libvirt/clientcert.pem',
    ...qemuFolders.flatMap((folder) => names.map((each) => posix.join(folder, each))),
  ];
  return {
    certificates: [...new Set(certificates)],
    folders: [...new Set(['/etc/pki/libvirt', ...qemuFolders])],
    uncertain: uncertain ?? unreadableAs(tree, Object.values(confs), '')[0]?.reason,
  };
};
