import type { RootReader } from './rootReader.ts';

/** Of the first process, so of the host, whatever network namespace this one is in. */
const tables = ['/proc/1/net/tcp', '/proc/1/net/tcp6'];

/** Sockets that listen come first, before thousands of connections: room for some 7,000 of them. */
const tableBytes = 1 << 20;

/** 16509 and 16514, libvirt's own ports (remote.rst), in hexadecimal as proc(5) has them; 0A is TCP_LISTEN. */
const listens = /^\s*\d+: [0-9A-F]+:(?:407D|4082) [0-9A-F]+:[0-9A-F]+ 0A/;

/** A line of what does not listen. The kernel goes through a table of 262,144 buckets for these, and again for their end. */
const connected = /^\s*\d+: [0-9A-F]+:[0-9A-F]+ [0-9A-F]+:[0-9A-F]+ (?!0A)/m;

/** Of what listens for TCP on the host, libvirt's ports alone, and of their lines nothing that changes by itself. */
export const listening = (reader: RootReader): void => {
  for (const table of tables) {
    const ports = (text: string): string =>
      text
        .split('\n')
        .flatMap((line) => listens.exec(line)?.[0] ?? [])
        .join('\n');
    reader.head(table, tableBytes, ports, connected);
  }
};
