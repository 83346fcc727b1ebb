import { type Source, SourceError } from '../collect.ts';
import { messageOf } from './connect.ts';
import { createDeadline, DeadlineError } from './deadline.ts';
import { inFlight } from './inFlight.ts';
import { noAnswer } from './noAnswer.ts';
import { readDomain } from './readDomain.ts';
import { createLibvirtSession, type LibvirtSession } from './session.ts';

/**
 * Calls that are queued: with some in store, the threads that make them need not wait for this one, which reads the host's
 * files meanwhile. However many there are, the daemon carries out `max_client_requests` of one client at once
 * (libvirtd.conf; 5 unless set), so that other clients are not crowded out.
 */
const concurrency = 64;

/**
 * Every domain of a libvirt connection, read-only.
 *
 * @param uri a libvirt URI, as for `virsh -c`
 * @param milliseconds after which no call is waited for any longer; the calls themselves then still hold their threads
 * @param session the connection to go on with; without one, it is closed at the end
 */
export const libvirt =
  (uri: string, milliseconds: number, session?: LibvirtSession): Source =>
  async (emit) => {
    const deadline = createDeadline(milliseconds);
    const used = session ?? createLibvirtSession();
    let late = 0;
    try {
      const domains = await used.list(uri, concurrency, deadline);
      await inFlight(concurrency, domains, async (listed) => {
        for (const document of await readDomain(listed, uri, deadline)) {
          if (document.kind === 'unreadable' && document.reason === 'timeout') late += 1;
          emit(document);
        }
      });
    } catch (error) {
      if (deadline.missed) used.drop();
      else await used.close(deadline);
      if (error instanceof SourceError) throw error;
      if (!(error instanceof DeadlineError)) throw new SourceError(`${uri}: ${messageOf(error)}`);
      throw new SourceError(noAnswer(uri, milliseconds));
    }
    if (late > 0) {
      used.drop();
      throw new SourceError(`${uri}: ${late} domains not read within ${milliseconds / 1000} s`);
    }
    if (session === undefined) await used.close(deadline);
  };
