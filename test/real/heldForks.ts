import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The environment of a program, and whether what it forks is held. */
export interface HeldForks {
  env: NodeJS.ProcessEnv;
  hold(): Promise<void>;
  release(): Promise<void>;
}

/**
 * Has each process that a Node.js program forks stand still as it begins, while that is asked for: however fast or slow this
 * machine is, the test finds it before it has done anything. Asked for at first.
 *
 * @param folder where it keeps its two files
 */
export const heldForks = async (folder: string): Promise<HeldForks> => {
  const [preloaded, asked] = [join(folder, 'hold.cjs'), join(folder, 'held')];
  const hold = (): Promise<void> => writeFile(asked, '');
  await writeFile(
    preloaded,
    `if (process.send && require('node:fs').existsSync(${JSON.stringify(asked)})) process.kill(process.pid, 'SIGSTOP');`,
  );
  await hold();
  return { env: { ...process.env, NODE_OPTIONS: `--require=${preloaded}` }, hold, release: () => rm(asked) };
};
