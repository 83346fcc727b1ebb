import type { AddressInfo, ListenOptions, Server } from 'node:net';
import { InputError } from '../../model/inputError.ts';
import { systemFault } from '../../model/systemFault.ts';

/** Where to listen: without a host, at every address of this machine. */
export interface ListenAddress {
  host?: string;
  port: number;
}

/** An address that this machine has not, or a name that nobody could be asked for: as before its network is up. */
export class AddressAbsent extends Error {
  override readonly name = 'AddressAbsent';
}

const absent = new Set(['EADDRNOTAVAIL', 'EAI_AGAIN']);

/** An address as `--web.listen-address` has it. */
export const written = (host: string, port: number): string => `${host.includes(':') ? `[${host}]` : host}:${port}`;

/** `HOST:PORT`, `:PORT` or `[IPv6]:PORT`. @throws InputError */
export const parseListenAddress = (text: string): ListenAddress => {
  const match = /^(?:\[([^\]]+)\]|([^:[\]\s]*)):(\d{1,5})$/.exec(text);
  if (match === null || Number(match[3]) > 65_535)
    throw new InputError(`--web.listen-address "${text}", expected HOST:PORT, :PORT or [IPv6]:PORT`);
  const host = match[1] ?? match[2];
  // As with Prometheus' own flag, an empty host means every address.
  return { port: Number(match[3]), ...(host ? { host } : {}) };
};

/**
 * Listens, and gives the address that came of it; undefined for a socket that is not of TCP.
 *
 * @param told what the operator is told of an error
 */
export const listening = (
  server: Server,
  options: ListenOptions & { fd?: number },
  told: (error: NodeJS.ErrnoException) => InputError | AddressAbsent,
): Promise<AddressInfo | undefined> =>
  new Promise((resolve, reject) => {
    const refuse = (error: NodeJS.ErrnoException): void => reject(told(error));
    server.once('error', refuse);
    const done = (): void => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address : undefined);
    };
    try {
      server.listen(options, done);
    } catch (error) {
      // What a file descriptor is, Node finds out at once.
      refuse(error as NodeJS.ErrnoException);
    }
  });

/** Listens, and gives the address with the port that the kernel chose for port 0. @throws InputError, AddressAbsent */
export const listen = async (server: Server, { host, port }: ListenAddress): Promise<string> => {
  // Told no host, Node listens on `::`, for IPv4 too, or where the kernel has no IPv6 on 0.0.0.0.
  const options = { port, ...(host === undefined ? {} : { host }) };
  const told = (error: NodeJS.ErrnoException): InputError | AddressAbsent => {
    const said = `can't listen on ${written(host ?? '', port)}: ${systemFault(error)}`;
    return absent.has(error.code ?? '')
      ? new AddressAbsent(said)
      : new InputError(`${said}; choose another --web.listen-address`);
  };
  const address = await listening(server, options, told);
  return written(host ?? address?.address ?? '', address?.port ?? port);
};
