import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { loadConfig, loadProfile } from '../../../src/ruleset/settings/loadSettings.ts';
import { unknownNames } from '../../../src/ruleset/settings/unknownNames.ts';
import { ruleOf } from '../ruleOf.ts';
import { refusal, wrongFile } from '../wrongFile.ts';

const keys = 'profile, rules, skip, skipTags, severities, parameters, waivers';

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
  'config-unknown-parameter': [
    '3: parameters: unknown key "snapshots", expected one of socketsPath, systemVmName, snapshotPolicy, mustMigrate, expectTls, managedSocketDirectories',
  ],
  'config-parameter-of-another-kind': ['2: parameters.mustMigrate: expected boolean, found "yes please"'],
  'config-relative-path': ['2: parameters.socketsPath: "var/lib" does not have the form ^/'],
  'config-policy-unknown': ['1: parameters.snapshotPolicy: "always" is not known, expected one of "none", "quiesced"'],
  'waiver-no-reason': ['2: waivers.0: key "reason" is missing'],
  'waiver-short-reason': ['2: waivers.0.reason: expected at least 8 characters, found "ok"'],
  'waiver-no-place': [
    '2: waivers.0: says not what is waived; name domains, or say host: true for a rule about the host',
  ],
  'waiver-no-domains': ['3: waivers.0.domains: is empty'],
  'waiver-two-places': ['4: waivers.0: a rule judges domains or the host; say domains or host, not both'],
  'waiver-no-end': ['2: waivers.0: has no end; say expires: YYYY-MM-DD, or permanent: true'],
  'waiver-two-ends': ['6: waivers.0: says both expires and permanent; keep one'],
  'waiver-no-such-day': ['5: waivers.0: "2027-02-30" is no day of the calendar, written YYYY-MM-DD'],
  'waiver-american-date': ['5: waivers.0: "1/31/2027" is no day of the calendar, written YYYY-MM-DD'],
  'waiver-permanent-false': ['5: waivers.0.permanent: expected true, found false; leave it out instead'],
  'waiver-regex': [
    '3: waivers.0: unknown key "domain", expected one of rule, domains, host, reason, expires, permanent, owner, ticket',
  ],
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

const sharedKeys = 'skip, skipTags, severities, parameters';
const profileMistakes: Readonly<Record<string, readonly string[]>> = {
  'profile-unknown-key': [`2: unknown key "rule", expected one of title, ${sharedKeys}`],
  'profile-no-title': ['1: key "title" is missing'],
  'profile-waiver': [`2: unknown key "waivers", expected one of title, ${sharedKeys}`],
  'profile-bad-pattern': ['3: parameters.systemVmName: Invalid regular expression: /(/u: Unterminated group'],
};

describe('a wrong profile is refused with its line', () => {
  for (const [name, lines] of Object.entries(profileMistakes)) {
    test(name, () => {
      const expected = lines.map((line) => `own.yaml:${line}`);
      assert.deepEqual(refusal(() => loadProfile('own.yaml', wrongFile(name))).split('\n'), expected);
    });
  }
});

const rules = [ruleOf({ id: 'own-rule', tags: ['agent'] }), ruleOf({ id: 'host-rule', target: 'host' })];
const wrongNames: Readonly<Record<string, readonly string[]>> = {
  'names-unknown-rule': ['4: unknown rule "no-such-rule"; virt-audit rules list shows them all'],
  'names-unknown-tag': ['1: unknown tag "no-such-tag"; virt-audit rules list --tags shows them all'],
  'names-waiver-unknown-rule': ['2: unknown rule "no-such-rule"; virt-audit rules list shows them all'],
  'names-waiver-of-the-host-for-domains': [
    '3: waivers.0: rule "host-rule" judges the host; say host: true instead of domains',
  ],
  'names-waiver-of-domains-for-the-host': [
    '3: waivers.0: rule "own-rule" judges the domain; say domains instead of host',
  ],
};

describe('a name that nothing has is told with its line', () => {
  for (const [name, lines] of Object.entries(wrongNames)) {
    test(name, () => {
      const config = loadConfig('virt-audit.yaml', wrongFile(name));
      assert.deepEqual(
        unknownNames(config, rules),
        lines.map((line) => `virt-audit.yaml:${line}`),
      );
    });
  }
});

describe('a right configuration', () => {
  for (const { name, text, config } of right) {
    test(name, () => assert.deepEqual(loadConfig('virt-audit.yaml', text).settings, config));
  }
});
