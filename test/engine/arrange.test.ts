import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { arrange } from '../../src/engine/arrange.ts';
import type { Judged } from '../../src/engine/judges.ts';
import type { CompiledRule } from '../../src/model/clause.ts';
import type { Finding } from '../../src/model/finding.ts';
import { rule } from './clause.ts';
import { failing } from './subject.ts';

const of = (name: string, uuid?: string) => ({
  kind: 'domain' as const,
  name,
  ...(uuid === undefined ? {} : { uuid }),
});

/** Arranges findings that come each from a subject of its own. */
const order = (findings: readonly Finding[]): Finding[] => {
  const ids = [...new Set(findings.map((finding) => finding.rule))];
  const rules = ids.map((id): CompiledRule => {
    const { severity = 'low' } = findings.find((finding) => finding.rule === id) ?? {};
    return rule({ assert: { lacks: ['/a'] } }, { id, severity });
  });
  const judged = findings.map((finding): Judged => {
    const { target, definition } = finding;
    const found: Finding[] = [];
    found[ids.indexOf(finding.rule)] = finding;
    const subject = { target, ...(definition === undefined ? {} : { definition }), facts: {}, unknown: [] };
    return { subject, findings: found };
  });
  return arrange(rules, judged);
};

/** Each list is in the right order. */
const sorted: Readonly<Record<string, readonly Finding[]>> = {
  'gravest first, whatever the rule': [
    failing({ severity: 'critical', rule: 'z' }),
    failing({ severity: 'high', rule: 'y' }),
    failing({ severity: 'medium', rule: 'x' }),
    failing({ severity: 'low', rule: 'b' }),
    failing({ severity: 'info', rule: 'a' }),
  ],
  'then by rule, whatever the target': [
    failing({ rule: 'a-b', target: of('z') }),
    failing({ rule: 'a0', target: of('b') }),
    failing({ rule: 'ab', target: of('a') }),
  ],
  'then by name': [failing({ target: of('a', '2') }), failing({ target: of('b', '1') })],
  'then by uuid, none first': [
    failing({ target: of('a') }),
    failing({ target: of('a', '1') }),
    failing({ target: of('a', '2') }),
  ],
  'then by definition': [failing({ definition: 'config' }), failing({ definition: 'live' })],
  'by UTF-16 unit, not by locale': ['B', 'Z', 'a', 'z', 'é'].map((name) => failing({ target: of(name) })),
};

describe('findings are ordered', () => {
  for (const [name, findings] of Object.entries(sorted)) {
    test(name, () => {
      assert.deepEqual(order(findings.toReversed()), findings);
      assert.deepEqual(order(findings), findings);
    });
  }
  test('equal ones stay as they come, and the input is left alone', () => {
    const passing: Finding = { rule: 'r', severity: 'low', target: of('a'), outcome: 'pass' };
    const missing: Finding = { ...passing, outcome: 'notapplicable' };
    const findings = Object.freeze([missing, passing]);
    assert.deepEqual(order(findings), [missing, passing]);
    assert.deepEqual(order(findings.toReversed()), [passing, missing]);
  });
});
