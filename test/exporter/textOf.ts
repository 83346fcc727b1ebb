import type { ProcessMetrics } from '../../src/exporter/processMetrics.ts';

/** What the process tells of itself, as a scrape has it. */
export const textOf = async (metrics: ProcessMetrics): Promise<string> =>
  (await metrics.parts()).map((part) => (typeof part === 'string' ? part : part.plain.toString())).join('');
