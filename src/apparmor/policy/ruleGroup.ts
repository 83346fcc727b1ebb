import type { Problem } from '../problem.ts';
import type {
  AbiStatement,
  FileRule,
  IncludeStatement,
  LinkRule,
  OtherRule,
  ProfileStatement,
  Qualifiers,
  Statement,
} from '../syntax/statement.ts';
import type { CompiledRule } from './compiledRule.ts';
import { evaluateCondition } from './evaluateCondition.ts';
import type { PatternCache, ProfileContext } from './patternCache.ts';

/** The rules that one file brings to a profile, without those of the files it includes in turn. */
export interface RuleGroup {
  readonly file: string;
  readonly rules: readonly CompiledRule[];
  /** Rules about anything but files. */
  readonly others: readonly OtherRule[];
  readonly includes: readonly { readonly statement: IncludeStatement; readonly qualifiers: Qualifiers }[];
  readonly children: readonly ProfileStatement[];
  readonly problems: readonly Problem[];
  /** Something in it depends on the profile's own name or attachment, so profiles can't share it. */
  readonly local: boolean;
}

/** Compiles the statements of a profile's body, or of a file included in one, under the qualifiers around them. */
export function ruleGroup(
  file: string,
  statements: readonly Statement[],
  around: Qualifiers,
  cache: PatternCache,
  profile: ProfileContext,
  abiProblem: (statement: AbiStatement) => string | undefined,
): RuleGroup {
  const rules: CompiledRule[] = [];
  const others: OtherRule[] = [];
  const includes: { statement: IncludeStatement; qualifiers: Qualifiers }[] = [];
  const children: ProfileStatement[] = [];
  const problems: Problem[] = [];
  let local = false;

  const note = ({ line, text }: Statement, message: string, scope: Problem['scope']) =>
    problems.push({ file, line, text: text.trim().slice(0, 80), message, scope });

  const walk = (list: readonly Statement[], qualifiers: Qualifiers): void => {
    for (const statement of list) {
      switch (statement.kind) {
        case 'include':
          includes.push({ statement, qualifiers });
          break;
        case 'profile':
          children.push(statement);
          break;
        case 'block':
          walk(statement.body, merge(qualifiers, statement.qualifiers));
          break;
        case 'if': {
          const holds = evaluateCondition(statement.condition, cache.environment);
          if (typeof holds === 'boolean') walk(holds ? statement.body : statement.otherwise, qualifiers);
          else note(statement, holds.error, holds.scope);
          break;
        }
        case 'file':
        case 'link': {
          const compiled = cache.patterns(statement.path, profile);
          local ||= compiled.local;
          // The target of a link rule is a pattern; that of a file rule, which names a profile, is not compiled.
          const target = statement.kind === 'link' ? cache.patterns(statement.target, profile) : compiled;
          local ||= target.local;
          const error = compiled.error ?? target.error;
          if (error) note(statement, error.message, error.unsupported ? 'profile' : 'file');
          rules.push(compileRule(file, statement, merge(qualifiers, statement.qualifiers), compiled.patterns));
          break;
        }
        case 'unknown':
          note(statement, 'a rule of a kind that is not known here', 'profile');
          break;
        case 'abi': {
          const problem = abiProblem(statement);
          if (problem !== undefined) note(statement, problem, 'file');
          break;
        }
        case 'alias':
        case 'variable':
        case 'boolean':
          note(statement, `${statement.kind} must stand before the profiles of a file`, 'file');
          break;
        default:
          others.push(statement);
          for (const word of statement.words.flat()) {
            const error = cache.wordError(word, profile);
            if (error) note(statement, error.message, 'file');
          }
      }
    }
  };
  walk(statements, around);
  return { file, rules, others, includes, children, problems, local };
}

function compileRule(
  file: string,
  rule: FileRule | LinkRule,
  qualifiers: Qualifiers,
  patterns: CompiledRule['patterns'],
): CompiledRule {
  const permissions = rule.kind === 'link' ? 'l' : rule.permissions;
  const written = rule.kind === 'file' && rule.impliesMap ? permissions.replace('m', '') : permissions;
  return { file, rule, qualifiers, permissions, audited: qualifiers.audit ? written : '', patterns };
}

/** The qualifiers of a rule within those of the block around it. */
function merge(outer: Qualifiers, inner: Qualifiers): Qualifiers {
  return {
    audit: outer.audit || inner.audit,
    effect: inner.effect === 'allow' ? outer.effect : inner.effect,
    owner: outer.owner || inner.owner,
    priority: inner.priority === 0 ? outer.priority : inner.priority,
  };
}
