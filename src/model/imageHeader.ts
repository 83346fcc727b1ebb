import { fromBytes } from './bytes.ts';
import { isObject, type Json, type JsonObject } from './json.ts';

/** What a disk image's first bytes say of it, as its document has it in JSON: never anything of what the guest keeps there. */
export interface ImageHeader {
  /** `other`: no header that is known, as of a raw image. `unknown`: it could not be read. */
  format: 'qcow2' | 'other' | 'unknown';
  /** The image that it lies on, a path, absolute or from the folder of this one. */
  backing?: string;
  /** The image that it lies on, where that is served over a network: the `<source>` of such a disk (formatdomain). */
  network?: JsonObject;
  /** The format of that one, where the header names it. */
  backingFormat?: string;
  /** Why it is not known what it lies on. */
  why?: string;
}

const formats = ['qcow2', 'other', 'unknown'];

const isNetwork = (network: Json): boolean =>
  isObject(network) && (network.host === undefined || (Array.isArray(network.host) && network.host.every(isObject)));

/** The header that a document has; undefined where that was not looked at, or is of another file that was read as text. */
export const headerIn = (text: string): ImageHeader | undefined => {
  if (!text.startsWith('{"format":')) return undefined;
  try {
    const header = JSON.parse(fromBytes(text)) as ImageHeader;
    const texts = [header.backing ?? '', header.backingFormat ?? '', header.why ?? ''];
    const isOne = formats.includes(header.format) && texts.every((each) => typeof each === 'string');
    return isOne && (header.network === undefined || isNetwork(header.network)) ? header : undefined;
  } catch {
    return undefined;
  }
};

/** Where the image is that the one at `path` lies on; undefined where it lies on none, or on none of the host's. */
export const backingPath = (path: string, { backing }: ImageHeader): string | undefined => {
  if (backing === undefined) return undefined;
  // By the name that the image was opened by, not by what that leads to, as QEMU and libvirt have it.
  return backing.startsWith('/') ? backing : `${path.slice(0, path.lastIndexOf('/'))}/${backing}`;
};

/** libvirt follows no longer chain either (virStorageSourceGetMetadata). */
export const maxLayers = 200;

/** An image whose header matters, and whether those of the images that it names do: not of a raw one, where a guest writes it. */
export interface NamedImage {
  path: string;
  follow: boolean;
}
