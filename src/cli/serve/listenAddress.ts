import type { Server } from 'node:net';
import { InputError } from '../../model/inputError.ts';

/** Where to listen: without a host, at every address of this machine. */
export interface ListenAddress {
  host?: string;
  port: number;
}

const written = (host: string, port: number): string => `${host.includes(':') ? `[${host}]` : host}:${port}`;

/** `HOST:PORT`, `:PORT` or `[IPv6]:PORT`. @throws InputError */
export const parseListenAddress = (text: string): ListenAddress => {
  const match = /^(?:\[([^\]]+)\]|([^:[\]\s]*)):(\d{1,5})$/.exec(text);
  if (match === null || Number(match[3]) > 65_535)
    throw new InputError(`--web.listen-address "${text}", expected HOST:PORT, :PORT or [IPv6]:PORT`);
  const host = match[1] ?? match[2];
  // As with Prometheus' own flag, an empty host means every address.
  return { port: Number(match[3]), ...(host ? { host } : {}) };
};

/** Listens, and gives the address with the port that the kernel chose for port 0. @throws InputError */
export const listen = (server: Server, { host, port }: ListenAddress): Promise<string> =>
  new Promise((resolve, reject) => {
    server.once('error', ({ code }: NodeJS.ErrnoException) =>
      reject(
        new InputError(`can't listen on ${written(host ?? '', port)}: ${code}; choose another --web.listen-address`),
      ),
    );
    // Told no host, Node listens on `::`, for IPv4 too, or where the kernel has no IPv6 on 0.0.0.0.
    server.listen({ port, ...(host === undefined ? {} : { host }) }, () => {
      const address = server.address();
      if (typeof address !== 'object' || address === null) return resolve(written(host ?? '', port));
      resolve(written(host ?? address.address, address.port));
    });
  });
