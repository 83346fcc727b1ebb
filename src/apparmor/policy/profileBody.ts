import type { Location } from '../location.ts';
import type { Problem } from '../problem.ts';
import type { PolicyFile } from '../syntax/parsePolicyFile.ts';
import { noQualifiers } from '../syntax/parseQualifiers.ts';
import type { Qualifiers, Statement } from '../syntax/statement.ts';
import type { PatternCache, ProfileContext } from './patternCache.ts';
import type { PlacedProfile } from './policyPreamble.ts';
import type { PolicyTree } from './policyTree.ts';
import { type RuleGroup, ruleGroup } from './ruleGroup.ts';

/** A group of rules in one profile. */
export interface PlacedGroup {
  readonly group: RuleGroup;
  readonly includedFrom: readonly Location[];
}

/** The body of a profile with its includes. */
export interface ProfileBody {
  readonly groups: readonly PlacedGroup[];
  readonly children: readonly PlacedProfile[];
  readonly problems: readonly Problem[];
}

/** More than any real policy has, and all that fits on the stack: apparmor_parser follows 3,000 and more. */
export const maxDepth = 1000;

/** Why an include can't be followed: a file that brings a profile which includes that file again never ends. */
const endlessInclude = (file: string, chain: readonly Location[]): string | undefined => {
  if (chain.some((location) => location.file === file)) return `${file} includes itself inside a profile of its own`;
  return chain.length > maxDepth ? `includes nested more than ${maxDepth} deep are not followed` : undefined;
};

/** Compiles bodies; what a file brings is compiled once for all the profiles that include it in the same environment. */
export class ProfileBodies {
  readonly #tree: PolicyTree;
  readonly #groups = new Map<PatternCache, Map<readonly Statement[], Map<string, RuleGroup>>>();

  constructor(tree: PolicyTree) {
    this.#tree = tree;
  }

  /** Follows the includes of a profile. Each file is included once in a profile, so that circles end. */
  body({ file, statement, includedFrom }: PlacedProfile, cache: PatternCache, profile: ProfileContext): ProfileBody {
    const groups: PlacedGroup[] = [];
    const children: PlacedProfile[] = [];
    const problems: Problem[] = [];
    const included = new Set<string>();

    const add = (origin: string, list: readonly Statement[], around: Qualifiers, chain: readonly Location[]): void => {
      const group = this.#group(origin, list, around, cache, profile);
      groups.push({ group, includedFrom: chain });
      problems.push(...group.problems);
      for (const child of group.children) children.push({ file: origin, statement: child, includedFrom: chain });
      for (const { statement: include, qualifiers } of group.includes) {
        const note = (message: string) =>
          problems.push({ file: origin, line: include.line, text: include.text.trim(), message, scope: 'file' });
        const resolved = this.#tree.resolve(include);
        if ('error' in resolved) note(resolved.error);
        else if ('files' in resolved) {
          const inner = [...chain, { file: origin, line: include.line }];
          for (const target of resolved.files) {
            const endless = included.has(target.file) ? undefined : endlessInclude(target.file, inner);
            if (endless === undefined) visit(target, qualifiers, inner);
            else note(endless);
          }
        } else if (!include.ifExists) note(`there is no ${resolved.missing}`);
      }
    };
    const visit = (target: PolicyFile, qualifiers: Qualifiers, chain: readonly Location[]): void => {
      if (included.has(target.file)) return;
      included.add(target.file);
      if (target.problem) problems.push(target.problem);
      add(target.file, target.statements, qualifiers, chain);
    };

    add(file, statement.body, noQualifiers, includedFrom);
    return { groups, children, problems };
  }

  #group(
    file: string,
    statements: readonly Statement[],
    around: Qualifiers,
    cache: PatternCache,
    profile: ProfileContext,
  ): RuleGroup {
    const ofCache = this.#groups.get(cache) ?? new Map<readonly Statement[], Map<string, RuleGroup>>();
    this.#groups.set(cache, ofCache);
    const ofFile = ofCache.get(statements) ?? new Map<string, RuleGroup>();
    ofCache.set(statements, ofFile);
    const key = JSON.stringify(around);
    const known = ofFile.get(key);
    if (known) return known;
    const group = ruleGroup(file, statements, around, cache, profile, (abi) => this.#tree.abiProblem(abi));
    if (!group.local) ofFile.set(key, group);
    return group;
  }
}
