import type { CompiledRule } from '../model/clause.ts';
import type { Finding } from '../model/finding.ts';
import type { Subject } from '../model/subject.ts';
import { arrange } from './arrange.ts';
import { createJudges, type Judged } from './judges.ts';
import { noteRestarts } from './noteRestarts.ts';

/** Every rule on every subject, in the order of a report. Where nothing has changed it is the very same array again. */
export type Engine = (rules: readonly CompiledRule[], subjects: readonly Subject[]) => readonly Finding[];

const isSame = (a: Judged, b: Judged | undefined): boolean => a.findings === b?.findings;

/**
 * An engine that judges only what has changed since it last ran.
 *
 * @param onJudge is told each time that a rule judges a subject
 */
export const createEngine = (onJudge?: (rule: CompiledRule, subject: Subject) => void): Engine => {
  const judges = createJudges(onJudge);
  let last: { rules: readonly CompiledRule[]; judged: readonly Judged[]; findings: readonly Finding[] } | undefined;
  return (rules, subjects) => {
    const judged = noteRestarts(judges(rules, subjects));
    const unchanged =
      last?.rules === rules &&
      last.judged.length === judged.length &&
      judged.every((one, index) => isSame(one, last?.judged[index]));
    if (last === undefined || !unchanged) last = { rules, judged, findings: arrange(rules, judged) };
    return last.findings;
  };
};
