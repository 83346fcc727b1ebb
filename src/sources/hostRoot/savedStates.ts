import { maskedXml } from '../maskSecrets.ts';
import type { RootReader } from './rootReader.ts';

/** Where the system daemon keeps them (libvirt's qemu_conf.c: saveDir and snapshotDir). */
const state = '/var/lib/libvirt/qemu';

/** No domain's XML, which a saved state begins with, comes near this. */
const headBytes = 4 << 20;

/** The header of a saved state in bytes, and where in it stands how long the XML behind it is (libvirt's qemu_saveimage.h). */
const headerBytes = 92;
const lengthAt = 20;

/** The domain's XML that a saved state begins with, empty where it is none that is understood. Of either byte order. */
const savedXml = (head: string): string => {
  if (!head.startsWith('LibvirtQemudSave')) return '';
  const header = Buffer.from(head.slice(0, headerBytes), 'latin1');
  if (header.length < headerBytes) return '';
  const length = Math.min(header.readUInt32LE(lengthAt), header.readUInt32BE(lengthAt));
  const xml = head.slice(headerBytes, headerBytes + length);
  // It was saved with its passwords, which nobody needs to judge by.
  return maskedXml(xml.replace(/\0[\s\S]*$/, ''));
};

/** That a domain was saved, and as what machine, not the image, which is as large as its memory; and its snapshots. */
export const savedStates = (reader: RootReader): void => {
  for (const name of reader.names(`${state}/save`)) reader.head(`${state}/save/${name}`, headBytes, savedXml);
  for (const domain of reader.names(`${state}/snapshot`)) {
    const folder = `${state}/snapshot/${domain}`;
    for (const name of reader.names(folder)) if (name.endsWith('.xml')) reader.look(`${folder}/${name}`);
  }
};
