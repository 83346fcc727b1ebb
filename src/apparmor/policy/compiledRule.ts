import type { Pattern } from '../glob/pattern.ts';
import type { FileRule, LinkRule, Qualifiers } from '../syntax/statement.ts';

/** A file or link rule in its file, ready to be asked. Profiles that include the file share it. */
export interface CompiledRule {
  readonly file: string;
  readonly rule: FileRule | LinkRule;
  /** Those of the rule and of the blocks around it. */
  readonly qualifiers: Qualifiers;
  /** Subset of `rwalkmx`. */
  readonly permissions: string;
  /** Those of the permissions whose use is logged. */
  readonly audited: string;
  /** The rule's pattern, and one for each alias that applies. */
  readonly patterns: readonly Pattern[];
}
