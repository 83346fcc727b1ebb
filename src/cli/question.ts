import type { Access, Decision, Policy, Question, SetQuestion } from '../apparmor/index.ts';
import { fromBytes, toBytes } from '../model/bytes.ts';

/** A question and its answer, as `--format json` has them. */
export interface Answer extends Question {
  decision: Decision['decision'];
  explicit: boolean;
  audited: boolean;
  reason: string;
  /** The pattern, where all its paths were asked about; `path` is then one on which it does not hold, or empty. */
  every?: string;
  rules: readonly { file: string; line: number; text: string; effect: string }[];
}

const accesses: readonly string[] = ['r', 'w', 'a', 'l', 'k', 'm', 'x'];

/** The question in a JSON line, or what is wrong with it. */
export const parseQuestion = (line: string): Question | { wrong: string } => {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    return { wrong: `no JSON: ${(error as Error).message}` };
  }
  if (typeof value !== 'object' || value === null) return { wrong: 'expected an object' };
  const { profile, path, access, owner = false } = value as Record<string, unknown>;
  if (typeof profile !== 'string') return { wrong: '"profile" must be a text' };
  if (typeof path !== 'string' || !path.startsWith('/') || path.includes('\0')) {
    return { wrong: '"path" must be an absolute path' };
  }
  if (typeof access !== 'string' || !accesses.includes(access)) {
    return { wrong: `"access" must be one of ${accesses.join(', ')}` };
  }
  if (typeof owner !== 'boolean') return { wrong: '"owner" must be true or false' };
  return { profile, path, access: access as Access, owner };
};

/** What an unknown profile may have been meant for: libvirtd's was once called by its path, and its file still is. */
const likeProfile = (policy: Policy, asked: string): string => {
  const names = [...policy.profiles.keys()].map(fromBytes);
  const like = names.filter((name) => name.includes(asked) || asked.includes(name)).slice(0, 3);
  if (like.length > 0) return `did you mean ${like.join(' or ')}?`;
  return names.length === 0
    ? 'the policy has none'
    : `the policy has ${names.slice(0, 12).join(', ')}${names.length > 12 ? ', …' : ''}`;
};

/** The policy's reason, or which profiles there are where the one that was asked about is not. */
const reasonOf = (policy: Policy, profile: string, reason: string): string =>
  policy.named(toBytes(profile)).length > 0
    ? fromBytes(reason)
    : `${fromBytes(reason)}; ${likeProfile(policy, profile)}`;

/** Asks the policy; paths and texts are bytes inside and text outside. */
export const answerOf = (policy: Policy, question: Question): Answer => {
  const bytes = { ...question, profile: toBytes(question.profile), path: toBytes(question.path) };
  const { decision, explicit, audited, reason, rules } = policy.decide(bytes);
  return {
    ...question,
    decision,
    explicit,
    audited,
    reason: reasonOf(policy, question.profile, reason),
    rules: rules.map(({ file, line, text, effect }) => ({
      file: fromBytes(file),
      line,
      text: fromBytes(text),
      effect,
    })),
  };
};

/** What lets everything through need not be a rule: a profile may be one that is not loaded, or only complains. */
const heldOn = (policy: Policy, profile: string): Pick<Answer, 'decision' | 'explicit' | 'reason'> => {
  const enabled = policy.named(toBytes(profile)).filter(({ disabled }) => !disabled);
  const lax = enabled.find(({ mode }) => mode === 'complain' || mode === 'unconfined');
  if (enabled.length > 0 && lax === undefined) {
    return { decision: 'allow', explicit: true, reason: 'it holds on every path' };
  }
  const why = { complain: 'is in complain mode', unconfined: 'is unconfined' };
  const because = lax === undefined ? 'is disabled, so it is not loaded' : why[lax.mode as keyof typeof why];
  return {
    decision: 'not-enforced',
    explicit: false,
    reason: `profile ${profile} ${because}: nothing here is kept from it`,
  };
};

/** Asks about every path that a pattern matches: `deny` comes with a shortest path on which it does not hold. */
export const answerEvery = (policy: Policy, question: SetQuestion): Answer => {
  const { profile, pattern, access, owner } = question;
  const sweep = policy.decideEvery({ ...question, profile: toBytes(profile), pattern: toBytes(pattern) });
  const about = { profile, path: '', access, owner, every: pattern };
  switch (sweep.holds) {
    case true:
      return {
        ...about,
        ...heldOn(policy, profile),
        audited: false,
        rules: [],
      };
    case 'unknown':
      return {
        ...about,
        decision: 'unknown',
        explicit: false,
        audited: false,
        reason: reasonOf(policy, profile, sweep.reason),
        rules: [],
      };
    case false:
      return { ...answerOf(policy, { profile, path: fromBytes(sweep.path), access, owner }), every: pattern };
  }
};
