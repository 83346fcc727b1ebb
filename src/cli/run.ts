import { Command, CommanderError, Help, type Option } from 'commander';
import { exitCode } from '../model/exitCode.ts';
import { InputError } from '../model/inputError.ts';
import { program as info } from '../model/program.ts';
import { systemFault } from '../model/systemFault.ts';
import { decideOptions } from './apparmorOptions.ts';
import { checkOptions } from './checkOptions.ts';
import { collectOptions } from './collectOptions.ts';
import { diffOptions } from './diffOptions.ts';
import { rulesCommands } from './rulesCommands.ts';
import { serveOptions } from './serveOptions.ts';

/** Nothing is no default worth telling: the options' own words say what holds where a repeatable one is left out. */
class QuietHelp extends Help {
  override optionDescription(option: Option): string {
    return super.optionDescription(option).replace(/ \(default: \[\]\)$/, '');
  }
}

const quiet = new QuietHelp();

/** Each command's module is loaded only when it runs: `--version` and `--help` answer at once. */
const createProgram = (): Command => {
  const program = new Command(info.name)
    .description('Audits a libvirt/KVM host: every domain and the AppArmor configuration, against declarative rules.')
    .version(info.version)
    .showHelpAfterError('(--help shows the options)')
    .configureHelp({ optionDescription: (option) => quiet.optionDescription(option) })
    .exitOverride();
  checkOptions(program.command('check')).action(async (options) => {
    const { check } = await import('./check.ts');
    await check(options);
  });
  serveOptions(program.command('serve')).action(async (options) => {
    const { serve } = await import('./serve.ts');
    await serve(options);
  });
  collectOptions(program.command('collect')).action(async (options) => {
    const { collect } = await import('./collect.ts');
    await collect(options);
  });
  diffOptions(program.command('diff')).action(async (before: string, after: string, options) => {
    const { diff } = await import('./diff.ts');
    await diff(before, after, options);
  });
  const apparmor = program.command('apparmor').description("What a host's AppArmor policy says.");
  decideOptions(apparmor.command('decide')).action(async (paths: string[], options) => {
    const { apparmorDecide } = await import('./apparmorDecide.ts');
    await apparmorDecide(paths, options);
  });
  rulesCommands(program.command('rules').description('What is checked.'));
  return program;
};

const report = (error: unknown): number => {
  // commander has said what is wrong, or has printed what was asked for.
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCode.ok : exitCode.input;
  if (error instanceof InputError) {
    process.stderr.write(`virt-audit: ${error.message.replaceAll('\n', '\nvirt-audit: ')}\n`);
    return exitCode.input;
  }
  const stack = error instanceof Error ? error.stack : String(error);
  process.stderr.write(`virt-audit: this is a bug in virt-audit, please report it:\n${stack}\n`);
  return exitCode.bug;
};

/** A reader that has seen enough (`| head`) is no error; whatever the exit code is by then, stays. */
const endWithReader = (error: NodeJS.ErrnoException): void => {
  if (error.code === 'EPIPE') process.exit();
  // The report is lost, so neither 0 nor 1 would be true.
  process.stderr.write(`virt-audit: can't write the output: ${systemFault(error)}\n`);
  process.exit(exitCode.input);
};

/** What standard error can't take is lost, and nothing else: an exporter outlives whoever reads its log. */
const loseLine = (): void => {};

/** Runs the command line. Sets the exit code and leaves the process to end by itself, so that pipes are drained. */
export const run = async (argv: readonly string[]): Promise<void> => {
  process.stdout.on('error', endWithReader);
  process.stderr.on('error', loseLine);
  try {
    await createProgram().parseAsync(argv);
  } catch (error) {
    process.exitCode = report(error);
  }
};
