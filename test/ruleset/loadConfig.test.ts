import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { loadConfig } from '../../src/ruleset/loadConfig.ts';
import { refusal, wrongFile } from './wrongFile.ts';

const keys = 'rules, skip, severities';

/** What each wrong file is refused with, after `FILE:`. */
const mistakes: Readonly<Record<string, readonly string[]>> = {
  'config-unknown-key': [`1: unknown key "rule", expected one of ${keys}`],
  'config-unknown-key-with-a-block': [`2: unknown key "severity", expected one of ${keys}`],
  'config-slash-in-key': [`2: unknown key "a/b", expected one of ${keys}`],
  'config-no-list': ['1: rules: expected array, found "more"'],
  'config-empty-text': ['1: rules.1: is empty'],
  'config-number': ['1: skip.0: expected string, found 1'],
  'config-unknown-severity': [
    '3: severities.channel-unique: "urgent" is not known, expected one of "critical", "high", "medium", "low", "info"',
  ],
  'config-list': ['1: expected object, found ["rules"]'],
  'config-same-key-twice': ['2: Map keys must be unique'],
  'config-bad-yaml': ['2: Flow sequence in block collection must be sufficiently indented and end with a ]'],
  'config-two-mistakes': ['1: skip: expected array, found "a"', '2: rules: expected array, found "b"'],
};

describe('a wrong configuration is refused with its line', () => {
  for (const [name, lines] of Object.entries(mistakes)) {
    test(name, () => {
      const expected = lines.map((line) => `virt-audit.yaml:${line}`);
      assert.deepEqual(refusal(() => loadConfig('virt-audit.yaml', wrongFile(name))).split('\n'), expected);
    });
  }
  test('aliases without end are a mistake, not a bug', () => {
    assert.match(
      refusal(() => loadConfig('virt-audit.yaml', wrongFile('config-many-aliases'))),
      /^virt-audit\.yaml:\d+: /,
    );
  });
});

const right: readonly { name: string; text: string; config: object }[] = [
  { name: 'an empty file', text: '', config: {} },
  { name: 'comments alone', text: '# nothing\n', config: {} },
  {
    name: 'empty lists',
    text: 'skip: []\nrules: []\nseverities: {}\n',
    config: { skip: [], rules: [], severities: {} },
  },
  {
    name: 'everything',
    text: 'rules: [more]\nskip:\n  - a\nseverities:\n  b: critical\n',
    config: { rules: ['more'], skip: ['a'], severities: { b: 'critical' } },
  },
];

describe('a right configuration', () => {
  for (const { name, text, config } of right) {
    test(name, () => assert.deepEqual(loadConfig('virt-audit.yaml', text), config));
  }
});
