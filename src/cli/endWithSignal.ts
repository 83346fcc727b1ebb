import type { Auditor } from '../auditor/auditor.ts';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Lets a signal that ends this process end the auditor's as well: that one leads a group of its own, so neither a
 * terminal's Ctrl-C nor timeout(1) reaches it, and while it judges it does not notice that its parent is gone.
 *
 * @returns ends that
 */
export const endWithSignal = (auditor: Auditor): (() => void) => {
  const handlers = signals.map((signal) => {
    const end = (): void => {
      auditor.stop();
      stop();
      // With no handler left the signal does what it always does, so that whoever waits for us sees it.
      process.kill(process.pid, signal);
    };
    process.once(signal, end);
    return { signal, end };
  });
  const stop = (): void => {
    for (const { signal, end } of handlers) process.off(signal, end);
  };
  return stop;
};
