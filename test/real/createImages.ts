import { mkdir } from 'node:fs/promises';
import { posix } from 'node:path';
import { outputOf } from './outputOf.ts';
import type { PrivateLibvirt } from './privateLibvirt.ts';

/** Images of file disks, by the driver's format. */
const images = (xml: string): { path: string; format: string }[] =>
  [...xml.matchAll(/<disk\b[\s\S]*?<\/disk>/g)].flatMap(([disk]) => {
    const path = /<source\b[^>]*\sfile=['"]([^'"]*)/.exec(disk)?.[1];
    const format = /<driver\b[^>]*\stype=['"](\w+)/.exec(disk)?.[1] ?? 'raw';
    return path?.startsWith('/var/lib/libvirt/') ? [{ path, format }] : [];
  });

/** Makes an empty image for every disk of the domain that is a file below /var/lib/libvirt. */
export const createImages = async (libvirt: PrivateLibvirt, domain: string): Promise<void> => {
  for (const { path, format } of images(domain)) {
    await mkdir(libvirt.path(posix.dirname(path)), { recursive: true });
    await outputOf('qemu-img', ['create', '-q', '-f', format, path, '1M'], {}, libvirt.run);
  }
};
