import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { noteRestarts } from '../../src/engine/noteRestarts.ts';
import type { Finding } from '../../src/model/finding.ts';
import { failing } from './subject.ts';

const reason = 'the configured definition passes: a shutdown and start of the domain will mend it';

const { rule, severity, target } = failing({});
const passing: Finding = { rule, severity, target, definition: 'config', outcome: 'pass' };
const unnamed = { kind: 'domain' as const, name: 'web' };

const cases: readonly { name: string; findings: readonly Finding[]; noted: boolean }[] = [
  { name: 'live fails, config passes', findings: [failing({}), passing], noted: true },
  { name: 'the order does not matter', findings: [passing, failing({})], noted: true },
  {
    name: 'a domain without uuid goes by its name',
    findings: [failing({ target: unnamed }), { ...passing, target: unnamed }],
    noted: true,
  },
  { name: 'config fails too', findings: [failing({}), failing({ definition: 'config' })], noted: false },
  { name: 'config does not apply', findings: [failing({}), { ...passing, outcome: 'notapplicable' }], noted: false },
  { name: 'only a live definition', findings: [failing({})], noted: false },
  { name: 'another rule passes', findings: [failing({}), { ...passing, rule: 'other' }], noted: false },
  {
    name: 'another domain of the same name passes',
    findings: [failing({}), { ...passing, target: { ...target, uuid: '5a1f1c3e-6f0e-4c55-9c9b-0d4c2f0a7a02' } }],
    noted: false,
  },
];

/** What becomes of findings that come each from a subject of its own, of which the rule `rule` is the first. */
const note = (findings: readonly Finding[]): Finding[] =>
  noteRestarts(
    findings.map((finding) => {
      const { target: of, definition } = finding;
      const about = { target: of, ...(definition === undefined ? {} : { definition }) };
      const found: Finding[] = [];
      found[finding.rule === rule ? 0 : 1] = finding;
      return { subject: { ...about, facts: {}, unknown: [] }, findings: found };
    }),
  ).flatMap((judged) => judged.findings.filter((finding) => finding !== undefined));

describe('a restart mends it', () => {
  for (const { name, findings, noted } of cases) {
    test(`${name}: ${noted ? 'noted' : 'not noted'}`, () => {
      const expected = findings.map((finding) =>
        noted && finding.outcome === 'fail' && finding.definition === 'live' ? { ...finding, reason } : finding,
      );
      assert.deepEqual(note(findings), expected);
    });
  }
});
