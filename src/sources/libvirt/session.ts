import { existsSync, statSync } from 'node:fs';
import type { Hypervisor } from 'node-libvirt';
import type { LibvirtDocument } from '../../model/document.ts';
import { connect } from './connect.ts';
import { type Deadline, DeadlineError } from './deadline.ts';
import { type ListedDomain, listDomains } from './listDomains.ts';
import { readOnlyUris } from './readOnlyUri.ts';

/** How long the daemon's own word is kept, in ms: a new QEMU may come without the daemon's end. */
const wordKept = 600_000;

/**
 * A connection that is kept from one audit to the next. While it lives it leads to the same process of the daemon, whose
 * version and security drivers can't change, so these are not asked for again.
 */
export interface LibvirtSession {
  /** The domains; over a new connection where the last one is broken or leads elsewhere. */
  list(uri: string, limit: number, deadline: Deadline): Promise<ListedDomain[]>;
  /** What the daemon said of itself over the connection that has just listed domains, if it was asked. */
  word(uri: string): Promise<readonly LibvirtDocument[] | undefined>;
  keepWord(uri: string, documents: readonly LibvirtDocument[]): void;
  /** Gives the connection up: calls on it were not answered, and hold their threads until this process ends. */
  drop(): void;
  /** Whether a connection was given up. */
  readonly stuck: boolean;
  /** Closes the connection. */
  close(deadline: Deadline): Promise<void>;
}

interface Open {
  uri: string;
  door: string;
  hypervisor: Hypervisor;
  word?: { documents: readonly LibvirtDocument[]; at: number };
}

/**
 * The sockets that a URI leads to, as they are now. A connection outlives its socket; but that nobody could connect any
 * more, or only to another daemon, is what an audit has to find out.
 */
const doorOf = (uri: string): string => {
  try {
    return readOnlyUris(uri, existsSync)
      .map((found) => {
        const socket = new URL(found).searchParams.get('socket');
        if (socket === null) return found;
        const { dev, ino, mode, uid, gid } = statSync(socket);
        return `${socket} ${dev} ${ino} ${mode} ${uid} ${gid}`;
      })
      .join('\n');
  } catch {
    return '';
  }
};

/** A session without a connection yet. */
export const createLibvirtSession = (): LibvirtSession => {
  let open: Open | undefined;
  let stuck = false;
  /** Whether the listing under way, or the last one, found the connection of before alive. */
  let alive: Promise<boolean> = Promise.resolve(false);

  const renew = async (uri: string, deadline: Deadline): Promise<Open> => {
    // What broke answers at once; without this its descriptor would stay.
    void open?.hypervisor.connectClose().catch(() => {});
    open = undefined;
    const door = doorOf(uri);
    const hypervisor = await connect(readOnlyUris(uri, existsSync), deadline);
    open = { uri, door, hypervisor };
    return open;
  };

  const listAnew = async (opening: Promise<Open>, limit: number, deadline: Deadline): Promise<ListedDomain[]> =>
    deadline.wait(listDomains((await opening).hypervisor, limit));

  const list = (uri: string, limit: number, deadline: Deadline): Promise<ListedDomain[]> => {
    if (open?.uri !== uri || open.door !== doorOf(uri)) {
      const opening = renew(uri, deadline);
      // Who asks for the daemon's word waits until it is open: a word from before could be that of another daemon.
      alive = opening.then(
        () => false,
        () => false,
      );
      return listAnew(opening, limit, deadline);
    }
    const listed = deadline.wait(listDomains(open.hypervisor, limit));
    alive = listed.then(
      () => true,
      () => false,
    );
    return listed.catch((error: unknown) => {
      // It does not answer: another connection would not help.
      if (error instanceof DeadlineError) throw error;
      return listAnew(renew(uri, deadline), limit, deadline);
    });
  };

  return {
    list,
    word: async (uri) => {
      if (!(await alive) || open?.uri !== uri || open.word === undefined) return undefined;
      return performance.now() - open.word.at < wordKept ? open.word.documents : undefined;
    },
    keepWord: (uri, documents) => {
      if (open?.uri === uri) open.word = { documents, at: performance.now() };
    },
    drop: () => {
      open = undefined;
      stuck = true;
    },
    get stuck() {
      return stuck;
    },
    close: async (deadline) => {
      const closing = open;
      open = undefined;
      // Not awaited past the deadline: a hung daemon must not hold up the report.
      if (closing === undefined) return;
      await deadline.wait(closing.hypervisor.connectClose()).catch(() => {
        stuck = true;
      });
    },
  };
};
