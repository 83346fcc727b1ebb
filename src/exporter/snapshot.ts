import { createPart, type Part } from './gzipParts.ts';
import { ageMark } from './renderPage.ts';

/** What one audit left for the web: rendered and compressed once, served as often as asked. */
export interface Snapshot {
  metrics: Part;
  /** The page up to its age, and from there on. */
  page: readonly [Part, Part];
  /** When it was taken, in milliseconds of the monotonic clock. */
  at: number;
}

/**
 * A snapshot of what an audit rendered.
 *
 * @param page with the mark where its age goes
 */
export const createSnapshot = async (metrics: string, page: string, at: number): Promise<Snapshot> => {
  const [before = '', after = ''] = page.split(ageMark);
  return {
    metrics: await createPart(metrics),
    page: [await createPart(before), await createPart(after)],
    at,
  };
};
