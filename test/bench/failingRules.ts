import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const rule = (id: string): string => `id: ${id}
title: Fails on every domain of the bench
severity: low
target: domain
tags: [bench]
rationale: So that there is something to serve for every domain.
remediation: None is wanted.
references: [{ title: the bench, url: 'https://virt-audit.invalid/bench' }]
assert: { has: { /domain/title: { const: ${id} } } }
examples:
  pass: [{ name: titled, documents: [{ domain: '<domain><name>a</name><title>${id}</title></domain>' }] }]
  fail: [{ name: untitled, at: [/domain/title], documents: [{ domain: '<domain><name>a</name></domain>' }] }]
`;

/** Writes rules that every domain of the bench fails, and returns their folder. */
export const failingRules = (folder: string, count: number): string => {
  const rules = join(folder, 'bench');
  mkdirSync(rules, { recursive: true });
  for (let index = 1; index <= count; index++) {
    writeFileSync(join(rules, `bench-fails-${index}.yaml`), rule(`bench-fails-${index}`));
  }
  return rules;
};
