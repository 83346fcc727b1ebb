import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createCompiler } from '../../../src/ruleset/compile/compileRule.ts';
import { loadRules, type RuleFile } from '../../../src/ruleset/load/loadRules.ts';
import { builtInRules, ruleFiles, ruleSchema } from '../../../src/sources/ruleFiles.ts';
import { topFacts } from '../topFacts.ts';
import { refusal, wrongFile } from '../wrongFile.ts';

const schema = ruleSchema();

const ruleKeys =
  'id, title, severity, target, tags, rationale, remediation, references, vacuous, when, assert, fix, examples';
const keywords =
  'has, mayHave, lacks, uniqueBy, const, enum, pattern, minLength, maxLength, minimum, maximum, type, contains, minContains, maxContains, items, minItems, maxItems, not, anyOf, allOf, if, then, else, description';
const osElements =
  'acpi, bios, boot, bootmenu, cmdline, dtb, firmware, init, initarg, initdir, initenv, initgroup, initrd, inituser, kernel, loader, nvram, root, smbios, type';
const facts = topFacts.domain;

/** What each wrong file is refused with, after `FILE:`. */
const mistakes: Readonly<Record<string, readonly string[]>> = {
  'unknown-key': [`5: unknown key "tag", expected one of ${ruleKeys}`],
  'unknown-key-with-a-block': [`11: unknown key "asserts", expected one of ${ruleKeys}`],
  'missing-key': ['1: key "remediation" is missing'],
  'unknown-severity': [
    '3: severity: "urgent" is not known, expected one of "critical", "high", "medium", "low", "info"',
  ],
  'unknown-target': ['4: target: "guest" is not known, expected one of "domain", "host"'],
  'id-differs': ['1: id "another-id" differs from the file\'s name "id-differs"'],
  'id-with-capitals': ['1: id: "Channel_Named" does not have the form ^[a-z][a-z0-9]*(-[a-z0-9]+)*$'],
  'title-too-short': ['2: title: expected at least 8 characters, found "Named"'],
  'title-no-text': ['2: title: expected string, found ["named","channel"]'],
  'repeated-tag': ['5: tags: "channels" is there twice'],
  'reference-not-https': ['10: references.0.url: "http://libvirt.org" does not have the form ^https://'],
  'unknown-keyword': [`13: assert.has./state: unknown key "equals", expected one of ${keywords}`],
  'unknown-keyword-with-a-block': [`12: assert: unknown key "haz", expected one of ${keywords}`],
  'place-without-slash': ['14: assert.has: "definition" does not have the form ^(/[^/]+)+$'],
  'text-for-a-number': ['13: assert.has./sockets.minItems: expected integer, found "1"'],
  'nothing-asserted': ['11: assert: is empty'],
  'empty-contains': ['13: assert.has./sockets.contains: is empty'],
  'misspelt-element-with-a-block': [
    `14: /domain/os/tpye: <os> has no <tpye> in libvirt's schema, which knows ${osElements}`,
  ],
  'repeated-element': [
    '13: /domain/devices/channel/target: <channel> may repeat, so it is a list: say contains or items there',
  ],
  'unknown-fact': ['14: /agent/live: no such fact; a domain has inConfig, inLive there'],
  'host-rule-about-a-domain': [`12: /state: no such fact; a host has ${topFacts.host} there`],
  'bad-pattern': ['13: Invalid regular expression: /[/u: Unterminated character class'],
  'data-not-demanded': [
    '13: /systemVm/vport may be missing, and a comparison with nothing holds: demand it, as has: { /systemVm/vport: {} } in when',
  ],
  'wrong-when': [`12: /stat: no such fact; a domain has ${facts} there`],
  'no-failing-example': ['14: examples: key "fail" is missing'],
  'failing-example-without-place': ['19: examples.fail.0: key "at" is missing'],
  'relative-file': ['17: examples.pass.0.documents.0.file: "etc/hostname" does not have the form ^/'],
  'same-key-twice': ['4: Map keys must be unique'],
  tab: ['12: Tabs are not allowed as indentation'],
  'alias-without-anchor': ['5: Unresolved alias (the anchor must be set before the alias): channels'],
  'two-documents': ['22: expected one YAML document, found another'],
  empty: ['1: expected object, found null'],
  'comment-only': ['1: expected object, found null'],
  'a-list': ['1: expected object, found [{"id":"a-list"}]'],
  'two-mistakes': [
    '3: severity: "urgent" is not known, expected one of "critical", "high", "medium", "low", "info"',
    '4: target: "guest" is not known, expected one of "domain", "host"',
  ],
};

const fileOf = (name: string): RuleFile => ({ path: `rules/${name}.yaml`, area: 'rules', text: wrongFile(name) });

const load = (...names: string[]) => loadRules(names.map(fileOf), schema);

describe('a wrong rule file is refused with its line', () => {
  for (const [name, lines] of Object.entries(mistakes)) {
    test(name, () => {
      const expected = lines.map((line) => `rules/${name}.yaml:${line}`);
      assert.deepEqual(refusal(() => load(name)).split('\n'), expected);
    });
  }
  test('a misspelt top element: the line begins with the place and goes on with what there is', () => {
    const message = refusal(() => load('misspelt-element'));
    assert.match(
      message,
      /^rules\/misspelt-element\.yaml:13: \/domain\/cputunes: <domain> has no <cputunes> in libvirt's schema, which knows .*cputune/,
    );
    assert.ok(!message.includes('\n'));
  });
  test('of several files every mistake is told', () => {
    const lines = refusal(() => load('unknown-target', 'id-differs')).split('\n');
    assert.deepEqual(
      lines.map((line) => line.split(':')[0]),
      ['rules/unknown-target.yaml', 'rules/id-differs.yaml'],
    );
  });
});

/** Mistakes that the schema of rule files lets pass and only the compiler minds, with the line of each. */
const minded: Readonly<Record<string, number>> = {
  'mincontains-without-contains': 13,
  'mincontains-zero-alone': 13,
  'then-without-if': 13,
  'if-without-then': 13,
  'pattern-of-an-object': 13,
  'enum-of-nothing': 13,
  'enum-of-an-object': 13,
  'relative-data': 13,
  'many-aliases': 116,
};

describe('what can not be compiled is a mistake in the file like any other', () => {
  for (const [name, line] of Object.entries(minded)) {
    test(name, () => {
      const message = refusal(() => load(name).map(createCompiler()));
      for (const told of message.split('\n')) {
        assert.ok(told.startsWith(`rules/${name}.yaml:${line}: `), message);
        assert.ok(told.length < 300, told);
      }
    });
  }
});

describe('right rule files', () => {
  const [built, ...others] = ruleFiles(builtInRules);
  assert.ok(built !== undefined);

  test('two of one id: the second is refused at its id', () => {
    const copy = { ...built, path: built.path.replace('rules/', 'rules/more/') };
    const line = built.text.split('\n').findIndex((text) => text.startsWith('id:')) + 1;
    const id = loadRules([built], schema)[0]?.id;
    assert.equal(
      refusal(() => loadRules([built, copy], schema)),
      `${copy.path}:${line}: rule "${id}" is already in ${built.path}; give it an id of its own`,
    );
  });
  test('come in the order of their ids, with what the file leaves out', () => {
    const rules = loadRules([...others.toReversed(), built], schema);
    const ids = rules.map(({ id }) => id);
    assert.deepEqual(ids, ids.toSorted());
    for (const { tags, examples, area, file } of rules) {
      assert.ok([tags, examples.pass, examples.fail, examples.notapplicable, examples.error].every(Array.isArray));
      assert.equal(file.split('/').at(-2), area);
    }
  });
  test('no files, no rules', () => assert.deepEqual(loadRules([], schema), []));
});
