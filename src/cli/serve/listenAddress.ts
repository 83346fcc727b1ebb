import type { Server } from 'node:net';
import { InputError } from '../../model/inputError.ts';

/** Where to listen. */
export interface ListenAddress {
  host: string;
  port: number;
}

/** `HOST:PORT`, `:PORT` or `[IPv6]:PORT`. @throws InputError */
export const parseListenAddress = (text: string): ListenAddress => {
  const match = /^(?:\[([^\]]+)\]|([^:]*)):(\d{1,5})$/.exec(text);
  if (match === null || Number(match[3]) > 65_535)
    throw new InputError(`--web.listen-address "${text}", expected HOST:PORT, :PORT or [IPv6]:PORT`);
  // As with Prometheus' own flag, an empty host means every address.
  return { host: match[1] ?? (match[2] || '::'), port: Number(match[3]) };
};

/** Listens, and gives the address with the port that the kernel chose for port 0. @throws InputError */
export const listen = (server: Server, { host, port }: ListenAddress): Promise<string> =>
  new Promise((resolve, reject) => {
    server.once('error', ({ code }: NodeJS.ErrnoException) =>
      reject(new InputError(`can't listen on ${host}:${port}: ${code}; choose another --web.listen-address`)),
    );
    server.listen(port, host, () => {
      const address = server.address();
      const chosen = typeof address === 'object' && address !== null ? address.port : port;
      resolve(`${host.includes(':') ? `[${host}]` : host}:${chosen}`);
    });
  });
