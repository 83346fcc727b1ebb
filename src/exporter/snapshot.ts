import { createPart, type Part } from './gzipParts.ts';
import { ageMark, failureMark } from './renderPage.ts';

/** What one audit left for the web: rendered and compressed once, served as often as asked. */
export interface Snapshot {
  metrics: Part;
  /** The page up to its age, from there to the place for audits that failed since, and from there on. */
  page: readonly [Part, Part, Part];
  /** When it was taken, in milliseconds of the monotonic clock. */
  at: number;
}

/**
 * A snapshot of what an audit rendered.
 *
 * @param page with the marks where its age goes, and what became of the audits since
 */
export const createSnapshot = async (metrics: string, page: string, at: number): Promise<Snapshot> => {
  const [before = '', rest = ''] = page.split(ageMark);
  const [between = '', after = ''] = rest.split(failureMark);
  return {
    metrics: await createPart(metrics),
    page: [await createPart(before), await createPart(between), await createPart(after)],
    at,
  };
};
