import { posix } from 'node:path';
import type { RootReader } from './rootReader.ts';

/** Certificates and parameters, which are public; never a key. */
const certificate = /^((ca|server|client)-?cert)\.pem$/;
const parameters = 'dh-params.pem';

/** libvirt's folders, where nothing else is said (libvirtd.conf; qemu.conf, *_tls_x509_cert_dir). */
const standard = [
  'CA',
  'libvirt',
  'qemu',
  ...['vnc', 'spice', 'rdp', 'chardev', 'migrate', 'nbd', 'vxhs', 'backup'].map((use) => `libvirt-${use}`),
].map((name) => `/etc/pki/${name}`);

/** A setting that names a folder or a file of certificates. What libvirt would not take for one costs a look at most. */
const setting = /(?:^|;)[ \t]*(?:(\w+_tls_x509_cert_dir)|cert_file|ca_file)[ \t]*=[ \t]*["']+(\/[^"'\n]+)/gm;

/** No file of a few certificates comes near this. */
const most = 64 * 1024;

/** The certificates alone, of which a CA's file may have several: where a file has its key as well, that goes no further. */
const onlyCertificates = (text: string): string =>
  text.match(/-----BEGIN (?:X509 )?CERTIFICATE-----[^-]*-----END (?:X509 )?CERTIFICATE-----/g)?.join('\n') ?? '';

const named = (reader: RootReader): { folders: string[]; files: string[] } => {
  const texts = ['qemu', 'libvirtd', 'virtproxyd'].map((name) => reader.peek(`/etc/libvirt/${name}.conf`) ?? '');
  const all = texts.flatMap((text) => [...text.matchAll(setting)]);
  const paths = (isFolder: boolean): string[] =>
    all.flatMap(([, folder, path]) => (path !== undefined && (folder !== undefined) === isFolder ? [path] : []));
  return { folders: paths(true), files: paths(false) };
};

/** The certificates for TLS, and that there are parameters beside them. */
export const certificates = (reader: RootReader): void => {
  const { folders, files } = named(reader);
  for (const folder of new Set([...standard, ...folders])) {
    for (const name of reader.names(folder)) {
      if (certificate.test(name)) reader.head(posix.join(folder, name), most, onlyCertificates);
      else if (name === parameters) reader.note(posix.join(folder, name));
    }
  }
  for (const file of files) reader.head(file, most, onlyCertificates);
};
