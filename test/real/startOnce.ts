import { createImages } from './createImages.ts';
import { domainKey } from './domainKey.ts';
import type { PrivateLibvirt } from './privateLibvirt.ts';

/** Backing files are libvirt's to find: it looks into the images. */
const withoutBackingFiles = (xml: string): string =>
  xml.replaceAll(/<disk\b[\s\S]*?<\/disk>/g, (disk) => disk.replace(/<backingStore\b[\s\S]*<\/backingStore>/, ''));

/** A domain while it runs: as it is, and as it will be when it starts next. */
export interface Running {
  live: string;
  inactive: string;
}

/**
 * Defines and starts a domain, with an empty image for every disk below /var/lib/libvirt; what libvirt then writes of it,
 * or why it refuses. It is ended and undefined again.
 */
export const startOnce = async (libvirt: PrivateLibvirt, domain: string): Promise<Running | { refused: string }> => {
  const key = domainKey(domain);
  try {
    await createImages(libvirt, domain);
    await libvirt.define(withoutBackingFiles(domain));
  } catch (error) {
    return { refused: (error as Error).message };
  }
  try {
    await libvirt.start(key);
    return { live: await libvirt.dumpxml(key), inactive: await libvirt.dumpxml(key, '--inactive') };
  } catch (error) {
    return { refused: (error as Error).message };
  } finally {
    await libvirt.destroy(key).catch(() => undefined);
    await libvirt.virsh('undefine', key, '--nvram');
  }
};
