import type { Finding } from '../model/finding.ts';
import { severities } from '../model/severity.ts';

const compare = (a: string | undefined, b: string | undefined): number =>
  (a ?? '') < (b ?? '') ? -1 : (a ?? '') > (b ?? '') ? 1 : 0;

/** The one order of findings everywhere: gravest first, then rule, target, uuid, definition. By UTF-16 units, not by locale. */
export const order = (findings: readonly Finding[]): Finding[] =>
  [...findings].sort(
    (a, b) =>
      severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
      compare(a.rule, b.rule) ||
      compare(a.target.name, b.target.name) ||
      compare(a.target.uuid, b.target.uuid) ||
      compare(a.definition, b.definition),
  );
