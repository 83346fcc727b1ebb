import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { join } from 'node:path';
import { outputOf } from './outputOf.ts';
import type { PrivateLibvirt } from './privateLibvirt.ts';
import type { CommandResult } from './runCommand.ts';
import { mainModule } from './virtAudit.ts';

/** Starts programs as the user nobody, who has no rights at all. */
export interface Nobody {
  run(command: string, args: readonly string[]): Promise<CommandResult>;
  spawn(command: string, args: readonly string[]): ChildProcessWithoutNullStreams;
}

const project = join(import.meta.dirname, '..', '..');
const mounted = '/run/virt-audit-project';

/**
 * The user nobody inside a private libvirt. The project is mounted where that user may read it, since it may lie below a
 * folder of root's own: arguments that name the built program name the one there.
 */
export const nobodyIn = async ({ run, spawn }: PrivateLibvirt): Promise<Nobody> => {
  await outputOf('mkdir', [mounted], {}, run);
  await outputOf('mount', ['--bind', project, mounted], {}, run);
  const there = mainModule.replace(project, mounted);
  const as = (command: string, args: readonly string[]) => [
    ...['--reuid=65534', '--regid=65534', '--clear-groups', command],
    ...args.map((arg) => (arg === mainModule ? there : arg)),
  ];
  return {
    run: (command, args) => run('setpriv', as(command, args)),
    spawn: (command, args) => spawn('setpriv', as(command, args)),
  };
};
