import { toBytes } from '../../model/bytes.ts';
import { backingPath, headerIn, type ImageHeader, maxLayers, type NamedImage } from '../../model/imageHeader.ts';
import { headerBytes, qcow2Header } from './qcow2Header.ts';
import type { RootReader } from './rootReader.ts';

const unread = (why: string): string => toBytes(JSON.stringify({ format: 'unknown', why } satisfies ImageHeader));

/**
 * Reads the header of an image and, where they matter, of those that it lies on. One that can't be read is there all the same.
 *
 * @param followed images that this was done for
 */
export const imageChain = (reader: RootReader, { path, follow }: NamedImage, followed: Set<string>): void => {
  if (!follow) {
    reader.head(path, headerBytes, qcow2Header, unread);
    return;
  }
  let at: string | undefined = path;
  for (let depth = 0; at !== undefined && depth <= maxLayers && !followed.has(at); depth += 1) {
    followed.add(at);
    const text = reader.head(at, headerBytes, qcow2Header, unread);
    const header = text === undefined ? undefined : headerIn(text);
    if (header === undefined) return;
    // Of a raw image nothing is believed that the guest may have written.
    at = header.backingFormat === 'raw' ? undefined : backingPath(at, header);
  }
};
