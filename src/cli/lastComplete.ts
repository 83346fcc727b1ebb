import { readFileSync } from 'node:fs';

/**
 * When the last complete audit began that a textfile knows of, in seconds of Unix time: the run that replaces the file is
 * a new process, and only the file remembers.
 */
export const lastComplete = (path: string): number | undefined => {
  try {
    const value = /^virt_audit_audit_last_complete_timestamp_seconds (\d+(?:\.\d+)?)$/m.exec(
      readFileSync(path, 'utf8'),
    );
    return value === null ? undefined : Number(value[1]);
  } catch {
    // None yet, or none that can be read: this run's own will be the first.
    return undefined;
  }
};
