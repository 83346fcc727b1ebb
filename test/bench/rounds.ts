import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** A process that does one thing for each line that it is sent, and answers with a line. */
export interface Rounds extends AsyncDisposable {
  ask(line: string): Promise<string>;
}

/** Talks to such a process, so that what is compared takes turns on one machine. */
export const rounds = (child: ChildProcessWithoutNullStreams): Rounds => {
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const closed = once(child, 'close');
  child.stderr.pipe(process.stderr);
  return {
    ask: async (line) => {
      child.stdin.write(`${line}\n`);
      const { value, done } = await lines.next();
      if (done) throw new Error(`it ended at "${line}"`);
      return value;
    },
    [Symbol.asyncDispose]: async () => {
      child.stdin.end();
      await closed;
    },
  };
};
