import type { CompiledRule } from '../model/clause.ts';
import type { Finding } from '../model/finding.ts';
import { severities } from '../model/severity.ts';
import type { Subject } from '../model/subject.ts';
import type { Judged } from './judges.ts';

const compare = (a: string | undefined, b: string | undefined): number =>
  (a ?? '') < (b ?? '') ? -1 : (a ?? '') > (b ?? '') ? 1 : 0;

const compareRules = ({ info: a }: CompiledRule, { info: b }: CompiledRule): number =>
  severities.indexOf(a.severity) - severities.indexOf(b.severity) || compare(a.id, b.id);

const compareSubjects = (a: Subject, b: Subject): number =>
  compare(a.target.name, b.target.name) || compare(a.target.uuid, b.target.uuid) || compare(a.definition, b.definition);

/**
 * The findings in the one order that they have everywhere: gravest first, then by rule, target, uuid, definition. By
 * UTF-16 units, not by locale. The rules and the subjects are sorted, not the findings, of which there are a hundred
 * times as many.
 */
export const arrange = (rules: readonly CompiledRule[], judged: readonly Judged[]): Finding[] => {
  const found: Finding[] = [];
  const subjects = [...judged].sort((a, b) => compareSubjects(a.subject, b.subject));
  for (const rule of [...rules].sort(compareRules)) {
    const { target } = rule.info;
    const index = rules.filter(({ info }) => info.target === target).indexOf(rule);
    // By number, as a hundred thousand are put in order before V8 optimises it.
    for (let at = 0; at < subjects.length; at++) {
      const { subject, findings } = subjects[at] as Judged;
      const finding = subject.target.kind === target ? findings[index] : undefined;
      if (finding !== undefined) found.push(finding);
    }
  }
  return found;
};
