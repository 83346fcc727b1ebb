import type { CompiledRule } from '../model/clause.ts';
import type { Finding } from '../model/finding.ts';
import type { Subject } from '../model/subject.ts';
import { createJudges } from './judges.ts';

/** Every rule on every subject of its kind. Pure; the order is that of the subjects, then of the rules. */
export const evaluate = (rules: readonly CompiledRule[], subjects: readonly Subject[]): Finding[] =>
  createJudges()(rules, subjects).flatMap(({ findings }) => findings);
