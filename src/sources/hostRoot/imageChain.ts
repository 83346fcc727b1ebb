import { toBytes } from '../../model/bytes.ts';
import { backingPath, headerIn, type ImageHeader, maxLayers, type NamedImage } from '../../model/imageHeader.ts';
import { headerBytes, qcow2Header } from './qcow2Header.ts';
import type { RootReader } from './rootReader.ts';

const unread = (why: string): string => toBytes(JSON.stringify({ format: 'unknown', why } satisfies ImageHeader));

/**
 * Reads the header of an image and, where they matter, of those that it lies on. One that can't be read is there all the same.
 *
 * @param looked paths that were looked into already, and what they lie on
 */
export const imageChain = (reader: RootReader, { path, follow }: NamedImage, looked: Set<string>): void => {
  let at: string | undefined = path;
  for (let depth = 0; at !== undefined && depth <= maxLayers && !looked.has(at); depth += 1) {
    looked.add(at);
    const text = reader.image(at, headerBytes, qcow2Header, unread);
    const header = text === undefined ? undefined : headerIn(text);
    if (header === undefined) return;
    // Of a raw image nothing is believed that the guest may have written.
    at = !follow || header.backingFormat === 'raw' ? undefined : backingPath(at, header);
  }
};
