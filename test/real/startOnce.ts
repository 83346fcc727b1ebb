import { mkdir } from 'node:fs/promises';
import { posix } from 'node:path';
import { domainKey } from './domainKey.ts';
import { outputOf } from './outputOf.ts';
import type { PrivateLibvirt } from './privateLibvirt.ts';

/** Images of file disks, by the driver's format. */
const images = (xml: string): { path: string; format: string }[] =>
  [...xml.matchAll(/<disk\b[\s\S]*?<\/disk>/g)].flatMap(([disk]) => {
    const path = /<source\b[^>]*\sfile=['"]([^'"]*)/.exec(disk)?.[1];
    const format = /<driver\b[^>]*\stype=['"](\w+)/.exec(disk)?.[1] ?? 'raw';
    return path?.startsWith('/var/lib/libvirt/') ? [{ path, format }] : [];
  });

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
    for (const { path, format } of images(domain)) {
      await mkdir(libvirt.path(posix.dirname(path)), { recursive: true });
      await outputOf('qemu-img', ['create', '-q', '-f', format, path, '1M'], {}, libvirt.run);
    }
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
