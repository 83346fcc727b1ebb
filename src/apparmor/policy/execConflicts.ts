import { AutomatonTooLarge } from '../glob/automaton.ts';
import { commonPath } from '../glob/commonPath.ts';
import type { Pattern } from '../glob/pattern.ts';
import type { Problem } from '../problem.ts';
import type { FileRule } from '../syntax/statement.ts';
import type { CompiledRule } from './compiledRule.ts';

interface ExecRule {
  readonly compiled: CompiledRule;
  readonly rule: FileRule;
  /** What the kernel would do with the exec. */
  readonly transition: string;
}

/** Pairs of rules looked at, and conflicts reported, in one profile. */
const mostPairs = 2_000_000;
const mostProblems = 20;

/** Remembers which patterns overlap, for rules that many profiles share. */
export type OverlapCache = WeakMap<Pattern, WeakMap<Pattern, boolean | 'too large'>>;

/**
 * Two rules that allow a path's execution in different ways make apparmor_parser reject the file, unless one of them names it
 * (with alternatives at most) and the other has wildcards. Deny rules don't resolve it. Found with apparmor_parser 3.0.8.
 */
export function execConflicts(rules: readonly CompiledRule[], overlaps: OverlapCache): Problem[] {
  const execs = rules.flatMap((compiled): ExecRule[] => {
    const { rule } = compiled;
    if (rule.kind !== 'file' || compiled.qualifiers.effect === 'deny' || !rule.permissions.includes('x')) return [];
    const transition = `${rule.execMode} ${rule.unsafe} ${rule.target ?? ''}`;
    return [{ compiled, rule, transition }];
  });
  if (new Set(execs.map(({ transition }) => transition)).size < 2) return [];
  const problems: Problem[] = [];
  let pairs = 0;
  for (const [i, left] of execs.entries()) {
    for (let j = i + 1; j < execs.length; j++) {
      const right = execs[j];
      if (right === undefined || problems.length >= mostProblems) break;
      if (++pairs > mostPairs) return [...problems, conflict(left, right, 'too large')];
      if (left.transition === right.transition) continue;
      if (left.compiled.qualifiers.priority !== right.compiled.qualifiers.priority) continue;
      const overlap = overlapOf(left.compiled, right.compiled, overlaps);
      if (overlap !== false) problems.push(conflict(left, right, overlap));
    }
  }
  return problems;
}

function conflict(left: ExecRule, right: ExecRule, overlap: true | 'too large'): Problem {
  const { file, rule } = right.compiled;
  const other = `${left.compiled.file}:${left.rule.line}`;
  const unsure = overlap === 'too large' || isAll(left.rule) || isAll(right.rule);
  return {
    file,
    line: rule.line,
    text: rule.text.trim().slice(0, 80),
    message: `${unsure ? 'it may be that ' : ''}${other} allows to execute the same path in another way`,
    scope: unsure ? 'profile' : 'file',
  };
}

/** How `all,` combines with exec rules depends on the parser's version. */
const isAll = (rule: FileRule): boolean => rule.execMode === 'pi' && rule.path === '/{**,}';

function overlapOf(left: CompiledRule, right: CompiledRule, overlaps: OverlapCache): boolean | 'too large' {
  let unsure = false;
  for (const a of left.patterns) {
    for (const b of right.patterns) {
      const overlap = overlapOfPatterns(a, b, overlaps);
      if (overlap === true) return true;
      unsure ||= overlap === 'too large';
    }
  }
  return unsure ? 'too large' : false;
}

function overlapOfPatterns(a: Pattern, b: Pattern, overlaps: OverlapCache): boolean | 'too large' {
  if (a.exact !== b.exact) return false;
  if (!a.prefix.startsWith(b.prefix) && !b.prefix.startsWith(a.prefix)) return false;
  if (a.literal && b.literal) return a.prefix === b.prefix;
  const ofA = overlaps.get(a) ?? new WeakMap<Pattern, boolean | 'too large'>();
  overlaps.set(a, ofA);
  let overlap = ofA.get(b);
  if (overlap === undefined) {
    overlap = search(a, b);
    ofA.set(b, overlap);
  }
  return overlap;
}

function search(a: Pattern, b: Pattern): boolean | 'too large' {
  try {
    return commonPath(a, b) !== undefined;
  } catch (error) {
    if (!(error instanceof AutomatonTooLarge)) throw error;
    return 'too large';
  }
}
