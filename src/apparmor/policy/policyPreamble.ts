import type { Location } from '../location.ts';
import type { Problem } from '../problem.ts';
import type { PolicyFile } from '../syntax/parsePolicyFile.ts';
import type { ProfileStatement, Statement, VariableStatement } from '../syntax/statement.ts';
import type { Environment } from './environment.ts';
import type { PolicyTree } from './policyTree.ts';
import { maxDepth } from './profileBody.ts';

/** A profile of a policy file and the includes it came through. */
export interface PlacedProfile {
  readonly file: string;
  readonly statement: ProfileStatement;
  readonly includedFrom: readonly Location[];
}

/** The top level of a policy file with its includes: what it defines, its profiles, and what is wrong with it. */
export interface PolicyPreamble {
  readonly environment: Environment;
  readonly profiles: readonly PlacedProfile[];
  readonly problems: readonly Problem[];
}

/** Reads the top level of a policy file. Each file is included once, so that circles end. */
export function policyPreamble(tree: PolicyTree, root: PolicyFile): PolicyPreamble {
  const variables = new Map<string, readonly string[]>();
  const booleans = new Map<string, boolean>();
  const aliases: { from: string; to: string }[] = [];
  const profiles: PlacedProfile[] = [];
  const problems: Problem[] = [];
  const included = new Set<string>();

  const visit = (source: PolicyFile, includedFrom: readonly Location[]): void => {
    const { file } = source;
    const note = ({ line, text }: Statement, message: string) =>
      problems.push({ file, line, text: text.trim().slice(0, 80), message, scope: 'file' });
    if (source.problem) problems.push(source.problem);

    for (const statement of source.statements) {
      if (statement.kind === 'include') {
        const resolved = tree.resolve(statement);
        if ('error' in resolved) note(statement, resolved.error);
        else if ('missing' in resolved) {
          if (!statement.ifExists) note(statement, `there is no ${resolved.missing}`);
        } else {
          for (const target of resolved.files) {
            if (included.has(target.file)) continue;
            if (includedFrom.length >= maxDepth) {
              note(statement, `includes nested more than ${maxDepth} deep are not followed`);
              continue;
            }
            included.add(target.file);
            visit(target, [...includedFrom, { file, line: statement.line }]);
          }
        }
        continue;
      }
      if (statement.kind === 'profile') {
        profiles.push({ file, statement, includedFrom });
        continue;
      }
      const message = define(statement);
      if (message !== undefined) note(statement, message);
    }
  };

  const define = (statement: Exclude<Statement, { kind: 'include' | 'profile' }>): string | undefined => {
    if (profiles.length > 0) return `${statement.kind} must stand before the profiles of a file`;
    switch (statement.kind) {
      case 'abi':
        return tree.abiProblem(statement);
      case 'alias':
        aliases.push({ from: statement.from, to: statement.to });
        return undefined;
      case 'boolean':
        if (booleans.has(statement.name)) return `boolean $${statement.name} is already defined`;
        booleans.set(statement.name, statement.value);
        return undefined;
      case 'variable':
        return assign(variables, statement);
      default:
        return 'a rule outside a profile';
    }
  };

  visit(root, []);
  return { environment: { variables, booleans, aliases }, profiles, problems };
}

function assign(variables: Map<string, readonly string[]>, statement: VariableStatement): string | undefined {
  const { name, operator, values } = statement;
  const known = variables.get(name);
  if (operator === '=' && known) return `variable @{${name}} is already defined`;
  if (operator === '+=' && !known) return `variable @{${name}} is not defined yet`;
  if (operator === '?=' && known) return undefined;
  variables.set(name, operator === '+=' ? [...(known ?? []), ...values] : values);
  return undefined;
}
