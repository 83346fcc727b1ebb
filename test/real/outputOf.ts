import { type CommandOptions, type CommandResult, runCommand } from './runCommand.ts';

/** The way a command is run: here, or inside a private mount namespace. */
export type Run = (command: string, args: readonly string[], options?: CommandOptions) => Promise<CommandResult>;

/**
 * The standard output of a command that must succeed.
 *
 * @throws Error with the command and its standard error, where it does not
 */
export const outputOf = async (
  command: string,
  args: readonly string[],
  options: CommandOptions = {},
  run: Run = runCommand,
): Promise<string> => {
  const { code, stdout, stderr } = await run(command, args, options);
  if (code === 0) return stdout;
  const ending = code === null ? 'was ended by a signal or its timeout' : `ended with ${code}`;
  throw new Error(`${[command, ...args].join(' ')} ${ending}: ${stderr.trim() || stdout.trim() || 'no output'}`);
};
