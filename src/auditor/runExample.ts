import { evaluate } from '../engine/evaluate.ts';
import { assemble, parseDomains } from '../facts/assemble.ts';
import type { CompiledRule } from '../model/clause.ts';
import type { Finding } from '../model/finding.ts';
import { defaultParameters } from '../model/parameters.ts';
import type { Example } from '../model/rule.ts';
import { exampleDocuments } from '../ruleset/exampleDocuments.ts';

/** What a rule finds in one of its examples, through the same parsers and engine as a host. */
export const runExample = (rule: CompiledRule, example: Example): Finding[] => {
  const documents = exampleDocuments(example.documents);
  const parameters = { ...defaultParameters, ...example.parameters };
  return evaluate([rule], assemble(parseDomains(documents), documents, parameters).subjects);
};
