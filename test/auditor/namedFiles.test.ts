import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { loadRuleset } from '../../src/auditor/loadRuleset.ts';
import { readRulesetFiles } from '../../src/auditor/rulesetFiles.ts';
import { madeUpRoot } from '../sources/madeUpRoot.ts';

const files = { 'mine.yaml': 'title: A profile of our own\nskip: [guest-agent-channel]\n', 'rules.d/notes.md': '' };

const spec = (root: string, text: string) => ({
  rules: [],
  tags: [],
  only: [],
  skip: [],
  config: { path: join(root, 'virt-audit.yaml'), text },
});

test('a profile that the configuration names is looked for beside it, wherever virt-audit is started', async (context) => {
  const asked = spec(madeUpRoot(context, files), 'profile: mine.yaml\n');
  for (const read of [undefined, readRulesetFiles(asked)]) {
    const { info, rules } = await loadRuleset(asked, read);
    assert.equal(info.profile, 'mine');
    assert.equal(
      rules.some((rule) => rule.info.id === 'guest-agent-channel'),
      false,
    );
  }
});

describe('what the configuration names and is not there is told with its line in it', () => {
  const cases: readonly [text: string, message: RegExp][] = [
    [
      'skip: []\nprofile: nope\n',
      /^\S+virt-audit\.yaml:2: profile: unknown profile "nope", expected one of cloudstack/,
    ],
    ['profile: ./no.yaml\n', /virt-audit\.yaml:1: profile: \S+\/no\.yaml: no such file or folder; --profile takes/],
    ['rules:\n  - rules.d\n', /virt-audit\.yaml:2: rules: \S+\/rules\.d: no rule file/],
    ['rules:\n\n  - none\n', /virt-audit\.yaml:3: rules: \S+\/none: no such file or folder/],
  ];
  for (const [text, message] of cases) {
    test(JSON.stringify(text), async (context) => {
      const asked = spec(madeUpRoot(context, files), text);
      await assert.rejects(loadRuleset(asked), { name: 'InputError', message });
      assert.throws(() => readRulesetFiles(asked), { name: 'InputError', message });
    });
  }
});

test('two hosts of one fleet with waivers of their own are judged by the same rules', async (context) => {
  const root = madeUpRoot(context, files);
  const waiver =
    'waivers: [{ rule: apparmor-in-force, host: true, reason: This host is a laboratory, permanent: true }]\n';
  const [plain, waived, stricter] = await Promise.all(
    ['{}\n', waiver, 'severities: { apparmor-in-force: low }\n'].map((text) => loadRuleset(spec(root, text))),
  );
  assert.equal(waived?.info.digest, plain?.info.digest);
  assert.notEqual(stricter?.info.digest, plain?.info.digest);
});
