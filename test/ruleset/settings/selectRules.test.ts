import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Selection, selectRules } from '../../../src/ruleset/settings/selectRules.ts';
import { ruleOf } from '../ruleOf.ts';
import { refusal } from '../wrongFile.ts';

const rules = [
  ruleOf({ id: 'a', tags: ['agent'], severity: 'high' }),
  ruleOf({ id: 'b', tags: ['agent', 'upgrade'] }),
  ruleOf({ id: 'c', tags: ['upgrade'] }),
  ruleOf({ id: 'd', tags: [] }),
];

const everything: Selection = { tags: [], only: [], skip: [], severities: {} };

const select = (selection: Partial<Selection>) => selectRules(rules, { ...everything, ...selection });

const selections: readonly { name: string; selection: Partial<Selection>; ids: string }[] = [
  { name: 'nothing asked: all', selection: {}, ids: 'abcd' },
  { name: 'a tag', selection: { tags: ['agent'] }, ids: 'ab' },
  { name: 'either of two tags', selection: { tags: ['agent', 'upgrade'] }, ids: 'abc' },
  { name: 'named rules, in the order of the catalogue', selection: { only: ['d', 'a'] }, ids: 'ad' },
  { name: 'named and tagged', selection: { only: ['a', 'c'], tags: ['agent'] }, ids: 'a' },
  { name: 'skipped', selection: { skip: ['a', 'b'] }, ids: 'cd' },
  { name: 'skip wins over named', selection: { only: ['a', 'b'], skip: ['a'] }, ids: 'b' },
];

describe('which rules are run', () => {
  for (const { name, selection, ids } of selections) {
    test(name, () =>
      assert.equal(
        select(selection)
          .map(({ id }) => id)
          .join(''),
        ids,
      ),
    );
  }
});

test('severities are set for this host, and the catalogue is left alone', () => {
  const grave = select({ severities: { a: 'info', c: 'critical' } }).map(({ severity }) => severity);
  assert.deepEqual(grave, ['info', 'low', 'critical', 'low']);
  assert.equal(rules[0]?.severity, 'high');
});

const shown = 'virt-audit rules list shows them all';
const refused: readonly { name: string; selection: Partial<Selection>; message: string }[] = [
  { name: 'an unknown rule', selection: { only: ['x'] }, message: `unknown rule "x"; ${shown}` },
  { name: 'an unknown rule to skip', selection: { skip: ['x'] }, message: `unknown rule "x"; ${shown}` },
  {
    name: 'a severity for an unknown rule',
    selection: { severities: { x: 'low' } },
    message: `unknown rule "x"; ${shown}`,
  },
  {
    name: 'each of several',
    selection: { only: ['x', 'a'], skip: ['y'] },
    message: `unknown rule "x"; ${shown}\nunknown rule "y"; ${shown}`,
  },
  { name: 'an unknown tag', selection: { tags: ['x'] }, message: 'unknown tag "x"; expected one of agent, upgrade' },
  {
    name: 'nothing left',
    selection: { only: ['a'], skip: ['a'] },
    message: 'no rule is selected; loosen --rule, --tag or --skip',
  },
];

describe('a selection that can not be meant', () => {
  for (const { name, selection, message } of refused) {
    test(name, () =>
      assert.equal(
        refusal(() => select(selection)),
        message,
      ),
    );
  }
});
