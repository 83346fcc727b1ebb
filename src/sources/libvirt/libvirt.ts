import { existsSync } from 'node:fs';
import { type Source, SourceError } from '../collect.ts';
import { connect, messageOf } from './connect.ts';
import { createDeadline, DeadlineError } from './deadline.ts';
import { inFlight } from './inFlight.ts';
import { listDomains } from './listDomains.ts';
import { readDomain } from './readDomain.ts';
import { readOnlyUris } from './readOnlyUri.ts';

/** Calls under way at once. More gains nothing (the daemon serialises) and would crowd other clients out. */
const concurrency = 4;

/**
 * Every domain of a libvirt connection, read-only.
 *
 * @param uri a libvirt URI, as for `virsh -c`
 * @param milliseconds after which no call is waited for any longer; the calls themselves then still hold their threads
 */
export const libvirt =
  (uri: string, milliseconds: number): Source =>
  async (emit) => {
    const deadline = createDeadline(milliseconds);
    const hypervisor = await connect(readOnlyUris(uri, existsSync), deadline);
    let late = 0;
    try {
      const domains = await deadline.wait(listDomains(hypervisor, concurrency));
      await inFlight(concurrency, domains, async (listed) => {
        for (const document of await readDomain(listed, uri, deadline)) {
          if (document.kind === 'unreadable' && document.reason === 'timeout') late += 1;
          emit(document);
        }
      });
    } catch (error) {
      if (!(error instanceof DeadlineError)) throw new SourceError(`${uri}: ${messageOf(error)}`);
      throw new SourceError(`${uri}: no answer within ${milliseconds / 1000} s; is the daemon hung?`);
    }
    if (late > 0) throw new SourceError(`${uri}: ${late} domains not read within ${milliseconds / 1000} s`);
    // Not awaited past the deadline: a hung daemon must not hold up the report.
    await deadline.wait(hypervisor.connectClose()).catch(() => {});
  };
