import { AuditorError } from '../../auditor/auditor.ts';
import type { Job, JobResult, Rendering } from '../../auditor/job.ts';
import type { ProcessMetrics } from '../../exporter/processMetrics.ts';
import { createSnapshot, type Snapshot } from '../../exporter/snapshot.ts';
import type { Log } from '../../model/log.ts';
import type { SourceResult } from '../../model/source.ts';
import type { Setup } from './setup.ts';

export interface SnapshotTaking {
  /** The setup of the moment. */
  setup(): Setup;
  /** What to render: the metrics first, then the page. @param lastComplete in seconds of Unix time */
  renderings(lastComplete: number | undefined): readonly Rendering[];
  /** Milliseconds that an audit may take. */
  timeout: number;
  counters: ProcessMetrics;
  log: Log;
}

type Done = JobResult & { kind: 'done' };

const done = (result: JobResult): Done => {
  switch (result.kind) {
    case 'done':
      return result;
    case 'ready':
    case 'collected':
      throw new AuditorError('the auditor did not audit');
    case 'input':
      throw new AuditorError(result.message);
    case 'bug':
      throw new AuditorError(`this is a bug in virt-audit, please report it: ${result.stack}`);
  }
};

/** Says when a source begins to fail, fails otherwise, or is well again: once, not at every audit. */
const sourceLog = (log: Log): ((sources: readonly SourceResult[]) => void) => {
  const failing = new Map<string, string>();
  return (sources) => {
    for (const { name, ok, reason = '' } of sources) {
      if (ok && failing.delete(name)) log.info('source can be read again', { source: name });
      if (ok || failing.get(name) === reason) continue;
      failing.set(name, reason);
      log.warn('source can’t be read', { source: name, reason });
    }
  };
};

/** Takes a snapshot at each call; where it can't, counts and logs that and rejects. */
export const createSnapshotTaker = ({ setup, renderings, timeout, counters, log }: SnapshotTaking) => {
  let lastComplete: number | undefined;
  const logSources = sourceLog(log);
  return async (): Promise<Snapshot> => {
    counters.audited();
    const { auditor, spec } = setup();
    const job: Job = { spec, renderings: renderings(lastComplete) };
    try {
      const { texts, summary, sources, time } = done(await auditor.run(job, timeout));
      counters.succeeded();
      if (summary.complete) lastComplete = Date.parse(time) / 1000;
      logSources(sources);
      const { outcomes, complete } = summary;
      log.debug('audit ended', { began: time, complete, ...outcomes });
      const [metrics = '', page = ''] = texts;
      return await createSnapshot(metrics, page, performance.now());
    } catch (error) {
      counters.failed();
      log.error('audit failed', { reason: error instanceof Error ? error.message : String(error) });
      throw error;
    }
  };
};
