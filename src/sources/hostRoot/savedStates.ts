import type { RootReader } from './rootReader.ts';

/** Where the system daemon keeps them (libvirt's qemu_conf.c: saveDir and snapshotDir). */
const state = '/var/lib/libvirt/qemu';

/** That a domain was saved, not the image, which is as large as its memory; and the descriptions of snapshots. */
export const savedStates = (reader: RootReader): void => {
  for (const name of reader.names(`${state}/save`)) reader.note(`${state}/save/${name}`);
  for (const domain of reader.names(`${state}/snapshot`)) {
    const folder = `${state}/snapshot/${domain}`;
    for (const name of reader.names(folder)) if (name.endsWith('.xml')) reader.look(`${folder}/${name}`);
  }
};
