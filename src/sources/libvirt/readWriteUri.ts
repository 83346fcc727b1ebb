import { readOnlyUris } from './readOnlyUri.ts';

/**
 * The URIs of the daemons that `readOnlyUris` finds, on the sockets that let clients write. virt-audit writes nothing
 * there either; but libvirt lets no read-only client ask a guest agent, or what an emulator offers.
 *
 * @throws SourceError where no read-only way is known
 */
export const readWriteUris = (uri: string, exists: (path: string) => boolean): string[] =>
  readOnlyUris(uri, exists).map((readOnly) => readOnly.replace(/-sock-ro$/, '-sock'));
