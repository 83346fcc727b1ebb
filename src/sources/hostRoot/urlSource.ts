import type { ImageHeader } from '../../model/imageHeader.ts';
import { networkSource } from './networkSource.ts';

/** Those of formatdomain that an address may have. */
const protocols = new Set([
  'ftp',
  'ftps',
  'gluster',
  'http',
  'https',
  'iscsi',
  'nbd',
  'nfs',
  'rbd',
  'sheepdog',
  'ssh',
  'tftp',
  'vxhs',
]);

/** An `@` that does not end the user, in a password that is not escaped, would leave the rest of that to be the host's name. */
const parts =
  /^([a-z]+)(?:\+(?:tcp|unix|rdma))?:\/\/(?:[^@/?#]*@)?(\[[^\]]*\]|[^@:/?#[\]]*)(?::(\d+))?(?=[/?#]|$)(?:\/([^?#]*))?(?:\?([^#]*))?/s;

const decoded = (text: string): string | undefined => {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
};

/**
 * An image by its address, `PROTOCOL[+TRANSPORT]://[USER@]HOST[:PORT]/NAME[?socket=PATH]` (qemu(1), "Disk images");
 * undefined where libvirt does not take it as one.
 */
export const urlSource = (url: string): Pick<ImageHeader, 'network'> | undefined => {
  const [, protocol = '', host = '', port, path = '', query = ''] = parts.exec(url) ?? [];
  const name = decoded(path);
  if (!protocols.has(protocol) || name === undefined) return undefined;
  const socket = decoded(/^socket=([^&]*)/.exec(query)?.[1] ?? '');
  return networkSource(protocol, name, [{ name: host.replace(/^\[|\]$/g, ''), port, socket }]);
};
