import { type Command, Option } from 'commander';
import { repeatable } from './option.ts';

export interface DecideOptions {
  root: string;
  policy: string[];
  profile?: string;
  access: string;
  owner: boolean;
  every: string[];
  format: 'text' | 'json';
  queries?: string;
}

/** The command line of `virt-audit apparmor decide`. */
export const decideOptions = (command: Command): Command =>
  command
    .description('May a profile do something on a path? Answered as the kernel would, from the policy on disk.')
    .argument('[path...]', 'absolute paths; a directory ends in /')
    .option('--root <dir>', "the host's file system; the policy is in its etc/apparmor.d", '/')
    .option('--policy <file>', 'load this policy file instead of all (repeatable)', repeatable, [])
    .option('--profile <name>', 'as the kernel lists it; a child is parent//child')
    .addOption(
      new Option('--access <access>', 'what is tried').choices(['r', 'w', 'a', 'l', 'k', 'm', 'x']).default('w'),
    )
    .option(
      '--every <pattern>',
      'ask about every path that a pattern of a file rule matches (repeatable)',
      repeatable,
      [],
    )
    .option('--owner', 'the process owns the file', false)
    .addOption(new Option('--format <format>', 'how to answer').choices(['text', 'json']).default('text'))
    .option('--queries <file>', 'read questions as JSON lines, - for standard input; answer each with a JSON line')
    .addHelpText(
      'after',
      `
A question is {"profile", "path", "access", "owner"}. The answer is allow, deny, not-enforced (the profile is disabled or
in complain mode, and keeps nobody from it) or unknown.

Exit status: 0 all allowed or not enforced, 1 some denied, 2 usage is wrong or the policy can't be read, 3 some unknown.`,
    );
