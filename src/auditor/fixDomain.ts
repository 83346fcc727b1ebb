import { evaluate } from '../engine/evaluate.ts';
import { assemble, parseDomains } from '../facts/assemble.ts';
import type { Document } from '../model/document.ts';
import type { Finding } from '../model/finding.ts';
import { defaultParameters, type Parameters } from '../model/parameters.ts';
import type { Rule } from '../model/rule.ts';
import { applyFix } from '../ruleset/applyFix.ts';
import { createCompiler } from '../ruleset/compile/compileRule.ts';

/** What a rule's fix makes of the domains that it fails on. */
export interface FixedDomains {
  /** The rule's findings before. */
  before: readonly Finding[];
  /** The same documents, with the fix applied to each domain on which the rule failed. */
  documents: readonly Document[];
  after: readonly Finding[];
}

/**
 * Applies a rule's fix to every domain among the documents on which the rule fails, and judges again.
 *
 * @throws Error for a document that can't be parsed
 */
export const fixDomains = (
  rule: Rule,
  documents: readonly Document[],
  parameters: Parameters = defaultParameters,
): FixedDomains => {
  const compile = createCompiler();
  const compiled = compile(rule);
  const judge = (all: readonly Document[]) => {
    const { subjects } = assemble(parseDomains(all), all, parameters);
    return { subjects, findings: evaluate([compiled], subjects) };
  };
  const before = judge(documents);
  // Subjects of domains come in the order of their documents, behind the host.
  const domains = before.subjects.filter(({ target }) => target.kind === 'domain');
  let index = -1;
  const fixed = documents.map((document): Document => {
    if (document.kind !== 'domain') return document;
    index += 1;
    const subject = domains[index];
    const failed = subject !== undefined && evaluate([compiled], [subject]).some(({ outcome }) => outcome === 'fail');
    if (!failed) return document;
    const text = applyFix(document.text, rule.fix ?? [], subject.facts, (where, on) =>
      compile({ ...rule, assert: where }).assert.holds(on as never),
    );
    return { ...document, text };
  });
  return { before: before.findings, documents: fixed, after: judge(fixed).findings };
};
