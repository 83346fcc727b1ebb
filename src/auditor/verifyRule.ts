import { evaluate } from '../engine/evaluate.ts';
import type { CompiledRule } from '../model/clause.ts';
import type { Finding } from '../model/finding.ts';
import type { Outcome } from '../model/outcome.ts';
import type { Example, Rule } from '../model/rule.ts';
import type { Subject } from '../model/subject.ts';
import { createCompiler } from '../ruleset/compile/compileRule.ts';
import { mutants } from '../ruleset/mutants.ts';
import { exampleSubjects } from './exampleSubjects.ts';

/** One thing that was checked of a rule; without a problem it is as it should be. */
export interface Verification {
  name: string;
  problem?: string;
}

/** An example ready to be judged, by the rule or by a mutant of it. */
interface Prepared {
  outcome: Outcome;
  example: Example;
  subjects: readonly Subject[];
}

const shown = (findings: readonly Finding[]): string => JSON.stringify(findings, null, 2);

/** All of one outcome, but for subjects that the rule does not apply to; a failure at just the places it names. */
const problemOf = ({ outcome, example }: Prepared, findings: readonly Finding[]): string | undefined => {
  const judged = findings.filter((finding) => outcome === 'notapplicable' || finding.outcome !== 'notapplicable');
  if (outcome !== 'fail') {
    const right = judged.length > 0 && judged.every((finding) => finding.outcome === outcome);
    return right ? undefined : `expected ${outcome}, found ${shown(findings)}`;
  }
  const failing = findings.filter((finding) => finding.outcome === 'fail');
  if (failing.length === 0 || findings.some((finding) => finding.outcome === 'error')) {
    return `expected a failure, found ${shown(findings)}`;
  }
  const wrong = failing.find(({ violations }) => violations.map(({ at }) => at).join() !== (example.at ?? []).join());
  return wrong === undefined ? undefined : `expected violations at ${example.at?.join(', ')}, found ${shown([wrong])}`;
};

const holds = (rule: CompiledRule, prepared: Prepared): boolean =>
  problemOf(prepared, evaluate([rule], prepared.subjects)) === undefined;

/** What a rule says of itself beyond what the loader asks for. */
const complaints = ({ title, tags, when, vacuous, examples }: Rule, compiled: CompiledRule): Verification[] => {
  const vacuously = compiled.assert.violations({}).length === 0;
  return [
    {
      name: 'title without a full stop',
      ...(title.endsWith('.') ? { problem: 'a title is no sentence of a text; drop the full stop' } : {}),
    },
    { name: 'has tags', ...(tags.length === 0 ? { problem: 'a rule without tags is found by nobody' } : {}) },
    {
      name: 'shows where it does not apply',
      ...(when !== undefined && examples.notapplicable.length === 0
        ? { problem: 'a rule with when needs an example under notapplicable' }
        : {}),
    },
    {
      name: 'does not pass on empty facts, or says why',
      ...(vacuously && vacuous === undefined
        ? { problem: 'assert holds on {}: demand that something exists, or explain with vacuous' }
        : !vacuously && vacuous !== undefined
          ? { problem: 'vacuous explains what is not so' }
          : {}),
    },
  ];
};

/**
 * Holds a rule against its examples, through the same parsers and engine as a host: each must come out as it says, and
 * together they must notice when any one part of `assert` is dropped or negated.
 *
 * @throws InputError for a clause that can't be compiled
 */
export const verifyRule = (rule: Rule): Verification[] => {
  const compile = createCompiler();
  const compiled = compile(rule);
  const prepared = (['pass', 'fail', 'notapplicable', 'error'] as const).flatMap((outcome) =>
    rule.examples[outcome].map((example): Prepared => ({ outcome, example, subjects: exampleSubjects(example) })),
  );
  const examples = prepared.map((each): Verification => {
    const problem = problemOf(each, evaluate([compiled], each.subjects));
    return { name: `${each.outcome}: ${each.example.name}`, ...(problem === undefined ? {} : { problem }) };
  });
  const surviving = mutants(rule.assert).filter((mutant) => {
    const mutated = { ...compiled, assert: compile({ ...rule, assert: mutant.clause }).assert };
    return prepared.every((each) => holds(mutated, each));
  });
  return [
    ...examples,
    ...complaints(rule, compiled),
    {
      name: 'no part of assert can go unnoticed',
      ...(surviving.length === 0
        ? {}
        : { problem: `no example notices: ${surviving.map(({ name }) => name).join('; ')}` }),
    },
  ];
};
