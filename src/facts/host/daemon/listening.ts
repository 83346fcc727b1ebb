import type { HostTree } from '../hostTree.ts';

const tables = ['/proc/1/net/tcp', '/proc/1/net/tcp6'];

/** The TCP ports on which the host listens, of libvirt's own. */
export interface Listening {
  ports: ReadonlySet<number>;
  /** Why there may be more. */
  unreadable: string | undefined;
}

/** By the kernel (proc(5), /proc/net/tcp): a local address and port in hexadecimal, and 0A for a socket that listens. */
export const listening = (tree: HostTree): Listening => {
  const known = tables.map(tree.read);
  const ports = known.flatMap((table) =>
    table === undefined || 'unreadable' in table
      ? []
      : [...table.text.matchAll(/^\s*\d+: [0-9A-F]+:([0-9A-F]{4}) \S+ 0A/gm)].map(([, port = '']) =>
          Number.parseInt(port, 16),
        ),
  );
  const hidden = known.find((table) => table !== undefined && 'unreadable' in table);
  return {
    ports: new Set(ports),
    unreadable: hidden !== undefined && 'unreadable' in hidden ? hidden.unreadable : undefined,
  };
};
