import { type CommandResult, runCommand } from './runCommand.ts';

/** Runs Prometheus's own checker: `promtool(['check', 'metrics'], exposition)`. */
export const promtool = (args: readonly string[], input?: string): Promise<CommandResult> =>
  runCommand('promtool', args, input === undefined ? {} : { input });
