import type { Definition } from './definition.ts';
import type { Finding } from './finding.ts';

/** A finding with all the definitions of its domain on which it is the same; about the host, with none. */
export interface FoldedFinding {
  finding: Finding;
  definitions: Definition[];
}

const rest = ({ definition, ...others }: Finding): string => JSON.stringify(others);

/** What is quick to tell apart is told first: most that stand beside each other are of two domains. */
const differOnlyInDefinition = (a: Finding, b: Finding): boolean =>
  a.rule === b.rule && a.target.name === b.target.name && rest(a) === rest(b);

/** Findings that differ in nothing but the definition, as one: most of what is wrong with a domain is wrong in both. */
export const foldDefinitions = (findings: readonly Finding[]): FoldedFinding[] => {
  const folded: FoldedFinding[] = [];
  for (const finding of findings) {
    const last = folded.at(-1);
    const { definition } = finding;
    if (last !== undefined && definition !== undefined && differOnlyInDefinition(last.finding, finding))
      last.definitions.push(definition);
    else folded.push({ finding, definitions: definition === undefined ? [] : [definition] });
  }
  return folded;
};
