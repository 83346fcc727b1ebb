import { cp, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { hostDisk } from '../host/hostDisk.ts';
import { outputOf } from '../outputOf.ts';

const script = join(import.meta.dirname, '..', '..', '..', 'scripts', 'deb.sh');
const parts = ['init.sh', 'observe.sh', 'probe.sh', 'get.mjs', 'running.xml', 'off.xml', 'home.xml'];

/** A certificate that is good for three days. */
const expiringCertificate = async (path: string, folder: string): Promise<void> => {
  const key = join(folder, 'key.pem');
  const args = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-subj', '/CN=host', '-days', '3', '-keyout', key];
  await outputOf('openssl', [...args, '-out', path]);
};

/** A disk, made in `folder`, with the Debian package and what observe.sh takes. */
export const unitDisk = async (folder: string): Promise<string> => {
  const content = join(folder, 'product');
  await mkdir(content);
  const deb = await outputOf('sh', [script, folder], { timeoutMs: 600_000 });
  await cp(deb.trim(), join(content, 'package.deb'));
  for (const part of parts) await cp(join(import.meta.dirname, part), join(content, part));
  await expiringCertificate(join(content, 'server-cert.pem'), folder);
  return hostDisk(folder, content);
};
