import { type CommandResult, runCommand } from './runCommand.ts';

/** Runs a module, given as text, in a process of its own; it imports `./…` from this folder. */
export const runModule = (text: string, env: NodeJS.ProcessEnv = process.env): Promise<CommandResult> => {
  const module = text.replaceAll(
    /from '\.\/([^']+)'/g,
    (_, name: string) => `from '${new URL(name, import.meta.url)}'`,
  );
  return runCommand(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', module], { env });
};
