import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Access, Policy } from '../apparmor/index.ts';
import { loadHostPolicy } from '../auditor/loadHostPolicy.ts';
import { exitCode } from '../model/exitCode.ts';
import { InputError } from '../model/inputError.ts';
import { systemFault } from '../model/systemFault.ts';
import { printable } from '../reporters/printable.ts';
import type { DecideOptions } from './apparmorOptions.ts';
import { type Answer, answerEvery, answerOf, parseQuestion } from './question.ts';

/** 3 wins over 1: an unknown answer might be the one that matters. */
const exitOf = (decisions: ReadonlySet<Answer['decision']>): number => {
  if (decisions.has('unknown')) return exitCode.incomplete;
  return decisions.has('deny') ? exitCode.findings : exitCode.ok;
};

const line = ({ decision, access, path, every, reason, rules }: Answer): string => {
  const why = rules.map(({ file, line: number, text }) => `${file}:${number}: ${text}`).join('; ');
  // Of a whole set, the path is one on which it does not hold.
  const where = every === undefined ? path : `every ${every}${path === '' ? '' : `; ${path}`}`;
  return `${printable(`${decision.padEnd(12)} ${access} ${where}: ${why === '' ? reason : why}`)}\n`;
};

/** Answers every line as it comes; a line that is no question is answered `unknown` and loses no other. */
const answerQueries = async (policy: Policy, file: string): Promise<ReadonlySet<Answer['decision']>> => {
  const input = file === '-' ? process.stdin : createReadStream(file);
  const decisions = new Set<Answer['decision']>();
  let number = 0;
  try {
    for await (const text of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
      number += 1;
      if (text.trim() === '') continue;
      const question = parseQuestion(text);
      const answer =
        'wrong' in question
          ? { decision: 'unknown' as const, reason: `line ${number}: ${question.wrong}` }
          : answerOf(policy, question);
      decisions.add(answer.decision);
      process.stdout.write(`${JSON.stringify(answer)}\n`);
    }
  } catch (error) {
    throw new InputError(`--queries ${file}: ${systemFault(error)}`);
  }
  return decisions;
};

/** `virt-audit apparmor decide`: prints what the policy allows, and by which rule. */
export const apparmorDecide = async (paths: readonly string[], options: DecideOptions): Promise<void> => {
  const { profile, access, owner, every, queries, format } = options;
  if (queries !== undefined && paths.length > 0) throw new InputError('--queries brings its own paths; give no others');
  if (queries === undefined && (profile === undefined || paths.length + every.length === 0)) {
    throw new InputError('give --profile and at least one path or --every, or --queries');
  }
  const relative = paths.find((path) => !path.startsWith('/'));
  if (relative !== undefined) throw new InputError(`"${relative}" is no absolute path`);
  const policy = await loadHostPolicy(options.root, options.policy);
  if (queries !== undefined) {
    process.exitCode = exitOf(await answerQueries(policy, queries));
    return;
  }
  const about = { profile: profile ?? '', access: access as Access, owner };
  const answers = [
    ...paths.map((path) => answerOf(policy, { ...about, path })),
    ...every.map((pattern) => answerEvery(policy, { ...about, pattern })),
  ];
  process.stdout.write(format === 'json' ? `${JSON.stringify(answers, null, 2)}\n` : answers.map(line).join(''));
  process.exitCode = exitOf(new Set(answers.map(({ decision }) => decision)));
};
