import type { Problem } from '../problem.ts';
import type { Condition } from '../syntax/statement.ts';
import type { Environment } from './environment.ts';

/** Whether a condition holds, or why that can't be said. */
export function evaluateCondition(
  condition: Condition,
  environment: Environment,
): boolean | { readonly error: string; readonly scope: Problem['scope'] } {
  switch (condition.kind) {
    case 'boolean': {
      const value = environment.booleans.get(condition.name);
      if (value === undefined) return { error: `boolean $${condition.name} has no value`, scope: 'file' };
      return value !== condition.negated;
    }
    case 'defined': {
      const names = condition.sigil === '@' ? environment.variables : environment.booleans;
      return names.has(condition.name) !== condition.negated;
    }
    case 'in': {
      const values = environment.variables.get(condition.name);
      if (values === undefined) return { error: `variable @{${condition.name}} has no value`, scope: 'file' };
      if (values.some((value) => value.includes('@'))) return { error: 'a condition not known here', scope: 'profile' };
      return values.includes(condition.value) !== condition.negated;
    }
    case 'unknown':
      return { error: 'a condition not known here', scope: 'profile' };
  }
}
