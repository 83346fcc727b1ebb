import type { Location } from '../location.ts';
import type { Problem } from '../problem.ts';
import type { PlacedRule, Profile, ProfileMode } from '../profile.ts';
import type { OtherRule } from '../syntax/statement.ts';
import type { CompiledRule } from './compiledRule.ts';
import { execConflicts, type OverlapCache } from './execConflicts.ts';
import type { PlacedGroup, ProfileBody } from './profileBody.ts';

/** What is known of a profile before its rules are looked at. */
export interface ProfileHeader {
  readonly name: string;
  readonly file: string;
  readonly line: number;
  readonly policyFile: string;
  readonly includedFrom: readonly Location[];
  readonly attachment: string | undefined;
  readonly mode: ProfileMode;
  readonly flags: readonly string[];
  readonly disabled: boolean;
  readonly forceComplain: boolean;
}

/** A profile whose rules, shared with others, are put together only when asked for. */
export class PolicyProfile implements Profile {
  readonly #header: ProfileHeader;
  readonly #body: ProfileBody;
  readonly #ofFile: () => readonly Problem[];
  readonly #overlaps: OverlapCache;
  readonly #noted: readonly Problem[];
  #own: readonly Problem[] | undefined;

  /** `noted`: what is wrong with the header; `ofFile`: the problems that spoil the whole policy file. */
  constructor(
    header: ProfileHeader,
    body: ProfileBody,
    noted: readonly Problem[],
    overlaps: OverlapCache,
    ofFile: () => readonly Problem[],
  ) {
    this.#header = header;
    this.#body = body;
    this.#noted = noted;
    this.#overlaps = overlaps;
    this.#ofFile = ofFile;
  }

  get name(): string {
    return this.#header.name;
  }
  get file(): string {
    return this.#header.file;
  }
  get line(): number {
    return this.#header.line;
  }
  get policyFile(): string {
    return this.#header.policyFile;
  }
  get attachment(): string | undefined {
    return this.#header.attachment;
  }
  get mode(): ProfileMode {
    return this.#header.mode;
  }
  get flags(): readonly string[] {
    return this.#header.flags;
  }
  get disabled(): boolean {
    return this.#header.disabled;
  }
  get forceComplain(): boolean {
    return this.#header.forceComplain;
  }

  /** The rules in groups, one for each file that brings some. */
  get groups(): readonly PlacedGroup[] {
    return this.#body.groups;
  }

  get problems(): readonly Problem[] {
    return [...this.#ofFile(), ...this.ownProblems.filter(({ scope }) => scope === 'profile')];
  }

  /** The problems of this profile alone, of either scope. */
  get ownProblems(): readonly Problem[] {
    if (this.#own === undefined) {
      const rules = this.#body.groups.flatMap(({ group }) => group.rules);
      this.#own = [...this.#noted, ...this.#body.problems, ...execConflicts(rules, this.#overlaps)];
    }
    return this.#own;
  }

  get fileRules(): readonly PlacedRule<CompiledRule>[] {
    return this.#body.groups.flatMap(({ group, includedFrom }) =>
      group.rules.map((rule) => ({ file: group.file, rule, includedFrom })),
    );
  }

  get otherRules(): readonly PlacedRule<OtherRule>[] {
    return this.#body.groups.flatMap(({ group, includedFrom }) =>
      group.others.map((rule) => ({ file: group.file, rule, includedFrom })),
    );
  }
}
