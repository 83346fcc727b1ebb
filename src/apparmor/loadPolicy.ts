import { allowedAmong } from './decision/allowedAmong.ts';
import { decide } from './decision/decide.ts';
import { decideEvery } from './decision/decideEvery.ts';
import { reach } from './decision/reach.ts';
import type { Decision } from './decision.ts';
import { isPolicyFileName } from './policy/isPolicyFileName.ts';
import { PolicyFileLoader, type Switches } from './policy/policyFileLoader.ts';
import type { PolicyProfile } from './policy/policyProfile.ts';
import { PolicyTree } from './policy/policyTree.ts';
import type { Policy } from './policy.ts';
import type { PolicySource } from './policySource.ts';
import type { Problem } from './problem.ts';
import type { Question } from './question.ts';
import type { Reach, SetQuestion, Sweep } from './sweep.ts';

/** What to load. */
export interface LoadOptions {
  /** The policy directory; `/etc/apparmor.d` by default. */
  readonly base?: string;
  /** Policy files to load; by default those in `base` and libvirt's `base/libvirt/libvirt-<uuid>`. */
  readonly files?: readonly string[];
}

const domainProfile = /^libvirt-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Reads the policy of a host as apparmor_parser would. Never throws: what goes wrong is a problem of the policy. */
export function loadPolicy(source: PolicySource, options: LoadOptions = {}): Policy {
  const base = (options.base ?? '/etc/apparmor.d').replace(/(.)\/+$/, '$1');
  const tree = new PolicyTree(source, base);
  const loader = new PolicyFileLoader(tree);
  const files = options.files ?? defaultFiles(tree);
  const switches = switchesIn(tree);
  const loaded = files.map((file) => loader.load(file, switches(file)));
  const byName = new Map<string, PolicyProfile[]>();
  const profiles = new Map<string, PolicyProfile>();
  for (const profile of loaded.flatMap((file) => file.profiles)) {
    byName.set(profile.name, [...(byName.get(profile.name) ?? []), profile]);
    if (!profile.disabled || !profiles.has(profile.name)) profiles.set(profile.name, profile);
  }
  const missing: Problem[] =
    options.files === undefined && source.list(base) === undefined
      ? [{ file: base, line: 0, text: '', message: `there is no directory ${base}`, scope: 'file' }]
      : [];
  return {
    profiles,
    get problems() {
      return [...missing, ...loaded.flatMap((file) => file.problems())];
    },
    problemsOf: (wanted) => loaded.flatMap((file, index) => (wanted(files[index] ?? '') ? file.problems() : [])),
    named: (name) => byName.get(name) ?? [],
    decide: (question) => answer(byName.get(question.profile) ?? [], question),
    decideEvery: (question) => answerEvery(byName.get(question.profile) ?? [], question),
    reach: (question) => answerReach(byName.get(question.profile) ?? [], question),
    allowedAmong: (name, access, paths) => [
      ...new Set((byName.get(name) ?? []).flatMap((profile) => allowedAmong(profile, access, paths))),
    ],
  };
}

function defaultFiles(tree: PolicyTree): string[] {
  return [
    ...tree
      .names(tree.base)
      .filter(isPolicyFileName)
      .map((name) => `${tree.base}/${name}`),
    ...tree
      .names(`${tree.base}/libvirt`)
      .filter((name) => domainProfile.test(name))
      .map((name) => `${tree.base}/libvirt/${name}`),
  ];
}

/** `disable/` and `force-complain/` go by the last part of the file's name. */
function switchesIn(tree: PolicyTree): (file: string) => Switches {
  const listed = (directory: string) => {
    const names = new Set(tree.names(`${tree.base}/${directory}`));
    return (file: string) => {
      const name = file.slice(file.lastIndexOf('/') + 1);
      return names.has(name) && tree.exists(`${tree.base}/${directory}/${name}`);
    };
  };
  const disabled = listed('disable');
  const forceComplain = listed('force-complain');
  return (file) => ({ disabled: disabled(file), forceComplain: forceComplain(file) });
}

/** As with single paths: of several definitions the enabled ones count, and must agree. */
function answerEvery(profiles: readonly PolicyProfile[], question: SetQuestion): Sweep {
  const enabled = profiles.filter((profile) => !profile.disabled);
  if (profiles.length === 0) return { holds: 'unknown', reason: `there is no profile ${question.profile}` };
  // A disabled profile is not loaded, and keeps nobody from anything.
  if (enabled.length === 0) return { holds: true };
  const [first, ...others] = enabled.map((profile) => decideEvery(profile, question));
  if (first !== undefined && others.every(({ holds }) => holds === first.holds)) return first;
  const files = enabled.map((profile) => profile.policyFile).join(' and ');
  return { holds: 'unknown', reason: `profile ${question.profile} is defined in ${files}, which disagree` };
}

/** Of several definitions one that reaches is enough, since it may be the one that is loaded. */
function answerReach(profiles: readonly PolicyProfile[], question: SetQuestion): Reach {
  if (profiles.length === 0) return { reached: 'unknown', reason: `there is no profile ${question.profile}` };
  const answers = profiles.map((profile) => reach(profile, question));
  return (
    answers.find(({ reached }) => reached === true) ??
    answers.find(({ reached }) => reached === 'unknown') ?? { reached: false }
  );
}

/** Where several files define the profile, the one loaded last holds; which that is, nobody knows. */
function answer(profiles: readonly PolicyProfile[], question: Question): Decision {
  const enabled = profiles.filter((profile) => !profile.disabled);
  const [first, ...others] = (enabled.length > 0 ? enabled : profiles).map((profile) => decide(profile, question));
  const nothing = { verdict: 'unknown', explicit: false, audited: false, quiet: false, rules: [] } as const;
  if (!first) return { ...nothing, decision: 'unknown', reason: `there is no profile ${question.profile}` };
  if (others.every((other) => other.decision === first.decision)) return first;
  const files = enabled.map((profile) => profile.policyFile).join(' and ');
  return {
    ...nothing,
    decision: 'unknown',
    reason: `profile ${question.profile} is defined in ${files}, which disagree`,
  };
}
