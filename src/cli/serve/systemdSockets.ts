import type { Server } from 'node:net';
import { InputError } from '../../model/inputError.ts';
import { systemFault } from '../../model/systemFault.ts';
import { listening, written } from './listenAddress.ts';

/** A socket that systemd listens on and has passed to this process. */
export interface SystemdSocket {
  fd: number;
}

/** SD_LISTEN_FDS_START of sd-daemon.h. */
const firstFd = 3;

/**
 * The sockets that systemd passed to this process (sd_listen_fds(3)). What names them is taken out of `environment`, since
 * they are not passed on to children.
 *
 * @throws InputError where there are none
 */
export const takeSystemdSockets = (environment: NodeJS.ProcessEnv, pid: number): SystemdSocket[] => {
  const { LISTEN_PID: whose, LISTEN_FDS: count } = environment;
  for (const name of ['LISTEN_PID', 'LISTEN_FDS', 'LISTEN_FDNAMES', 'LISTEN_PIDFDID']) delete environment[name];
  const length = Number(whose) === pid && /^\d{1,4}$/.test(count ?? '') ? Number(count) : 0;
  if (length === 0) {
    throw new InputError(
      '--web.systemd-socket: systemd passed no socket to this process; start it by a .socket unit, or say --web.listen-address',
    );
  }
  return Array.from({ length }, (_, index) => ({ fd: firstFd + index }));
};

/** Takes what comes to a socket that systemd listens on, and gives its address. @throws InputError where it is none of TCP */
export const listenOnSystemds = async (server: Server, { fd }: SystemdSocket): Promise<string> => {
  const refused = (why: string): InputError =>
    new InputError(
      `--web.systemd-socket: file descriptor ${fd}, which systemd passed, ${why}; let the .socket unit have ListenStream=HOST:PORT and Accept=no`,
    );
  const address = await listening(server, { fd }, (error) => refused(`can't be listened on: ${systemFault(error)}`));
  if (address !== undefined) return written(address.address, address.port);
  server.close();
  throw refused('is no TCP socket');
};
