import type { Document } from '../model/document.ts';
import type { Evidence } from '../model/source.ts';

/** Why a source failed: one line for the operator, with what to do. */
export class SourceError extends Error {
  override readonly name = 'SourceError';
}

/**
 * Reads one part of the world; hands over each document as it comes, and throws SourceError when it can't go on. While it
 * waits for another source by `wait`, its own time stands still.
 */
export type Source = (
  emit: (document: Document) => void,
  wait: <Other>(other: Promise<Other>) => Promise<Other>,
) => void | Promise<void>;

const seconds = (since: number): number => Math.round((performance.now() - since) * 1e3) / 1e6;

/**
 * Runs one source. It fails alone: what it handed over before it failed is kept, and the failure is part of the
 * result. Errors other than SourceError are bugs and are thrown on.
 */
export const collect = async (name: string, source: Source): Promise<Evidence> => {
  const documents: Document[] = [];
  let since = performance.now();
  const wait = async <Other>(other: Promise<Other>): Promise<Other> => {
    const began = performance.now();
    try {
      return await other;
    } finally {
      since += performance.now() - began;
    }
  };
  try {
    await source((document) => documents.push(document), wait);
    return { documents, sources: [{ name, ok: true, seconds: seconds(since) }] };
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    return { documents, sources: [{ name, ok: false, seconds: seconds(since), reason: error.message }] };
  }
};

/** The evidence of several sources as one. */
export const combine = (parts: readonly Evidence[]): Evidence => ({
  documents: parts.flatMap(({ documents }) => documents),
  sources: parts.flatMap(({ sources }) => sources),
});
