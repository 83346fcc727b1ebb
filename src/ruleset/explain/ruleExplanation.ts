import type { JsonObject } from '../../model/json.ts';
import type { Example, Rule } from '../../model/rule.ts';
import { describe } from './describe.ts';

/** What an operator asks of a rule at night, in the order of asking; each part is prose, or lines that stay as they are. */
export interface RuleExplanation {
  title: string;
  about: string;
  applies: string;
  expects: string;
  rationale: string;
  remediation: string;
  references: readonly string[];
  /** The first failing example, as its documents have it. */
  example: string;
}

/** A clause in words; without facts, a `$data` reads as the place that it names. */
const words = (clause: JsonObject): string => describe(clause, {}).replaceAll(/\s+/g, ' ');

const documentText = (document: JsonObject): string => {
  const { domain, capabilities, version, file, text, link, to, directory, unreadable } = document;
  const path = file ?? link ?? directory ?? unreadable;
  const body = domain ?? capabilities ?? version ?? text ?? (to === undefined ? undefined : `-> ${String(to)}`);
  return [...(path === undefined ? [] : [String(path)]), ...(body === undefined ? [] : [String(body).trimEnd()])].join(
    '\n',
  );
};

const exampleText = ({ name, documents }: Example): string => [`${name}:`, ...documents.map(documentText)].join('\n');

/** Says what a rule is about, from nothing but the rule itself. */
export const explainRule = (rule: Rule): RuleExplanation => ({
  title: rule.title,
  about: `${rule.severity}, about ${rule.target === 'host' ? 'the host' : 'each domain'}; ${rule.area}; tags ${rule.tags.join(', ')}`,
  applies: rule.when === undefined ? `every ${rule.target}` : `where ${words(rule.when)}`,
  expects: words(rule.assert),
  rationale: rule.rationale.trim(),
  remediation: rule.remediation.trimEnd(),
  references: rule.references.map(({ title, url }) => `${title}: ${url}`),
  example: rule.examples.fail[0] === undefined ? '' : exampleText(rule.examples.fail[0]),
});
