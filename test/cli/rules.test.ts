import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { loadCatalogue } from '../../src/auditor/loadCatalogue.ts';
import { findRule, ruleText } from '../../src/cli/rulesShow.ts';
import { runCommand } from '../real/runCommand.ts';
import { virtAudit } from '../real/virtAudit.ts';

const rules = loadCatalogue([]);

const run = (args: readonly string[]) => virtAudit(runCommand, args);

const ownRules = (context: TestContext, files: Readonly<Record<string, string>>): string => {
  const folder = mkdtempSync(join(tmpdir(), 'virt-audit-rules-'));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(join(folder, 'own'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, 'own', name), text);
  return folder;
};

const builtIn = readFileSync(join(import.meta.dirname, '../../rules/guest-agent/guest-agent-channel.yaml'), 'utf8');
const own = builtIn.replace('id: guest-agent-channel', 'id: own-agent-channel');

describe('rules show', () => {
  for (const rule of rules) {
    test(`${rule.id} says why, what to do, where and what`, () => {
      const text = ruleText(rule);
      for (const heading of ['Why', 'What to do', 'Applies', 'Expects', 'Fails on, for example', 'See'])
        assert.match(text, new RegExp(`^${heading}\\n {2}\\S?`, 'm'));
      assert.ok(text.includes(rule.title));
      assert.doesNotMatch(text, /undefined|\[object/);
      const offersDiff = text.includes(`  virt-audit rules show ${rule.id} --fix DOMAIN.xml\n`);
      assert.equal(offersDiff, rule.fix !== undefined, 'the change as a diff is offered where there is one');
    });
  }
  test('an unknown rule is told with what is like it', () =>
    assert.throws(
      () => findRule(rules, 'agent-connected'),
      /^InputError: unknown rule "agent-connected"; did you mean .*guest-agent-connected/,
    ));
});

describe('rules show with settings', () => {
  const settings =
    'rules: [own]\nskip: [rng-present]\nseverities: { guest-agent-channel: high, own-agent-channel: low }\n';
  const configured = (context: TestContext, text: string): string => {
    const folder = ownRules(context, { 'own-agent-channel.yaml': own });
    const path = join(folder, 'virt-audit.yaml');
    writeFileSync(path, text);
    return path;
  };
  test('a rule that only the configuration names is explained, as grave as the report of check has it', async (context) => {
    const config = configured(context, settings);
    const shown = await run(['rules', 'show', 'own-agent-channel', '--config', config]);
    assert.match(shown.stdout, /^own-agent-channel: .*\n {2}low, about each domain; /);
    const builtInOne = await run([
      'rules',
      'show',
      'guest-agent-channel',
      '--config',
      config,
      '--profile',
      'openstack',
    ]);
    assert.match(builtInOne.stdout, /^guest-agent-channel: .*\n {2}high, /);
  });
  test('one that the configuration skips is explained all the same', async (context) => {
    const { code } = await run(['rules', 'show', 'rng-present', '--config', configured(context, settings)]);
    assert.equal(code, 0);
  });
  test('a profile says how grave one is', async () => {
    const { stdout } = await run(['rules', 'show', 'guest-agent-channel', '--profile', 'openstack']);
    assert.match(stdout, /^guest-agent-channel: .*\n {2}info, /);
  });
  test('a mistake in the configuration is told as check tells it', async (context) => {
    const config = configured(context, 'skip: [no-such-rule]\n');
    const { code, stderr } = await run(['rules', 'show', 'rng-present', '--config', config]);
    assert.equal(code, 2);
    assert.match(stderr, /virt-audit\.yaml:1: unknown rule "no-such-rule"; /);
  });
});

describe('rules test', () => {
  test('an operator’s own rule that stands', async (context) => {
    const { code, stdout } = await run(['rules', 'test', ownRules(context, { 'own-agent-channel.yaml': own })]);
    assert.equal(code, 0);
    assert.match(stdout, /^✓ own-agent-channel \(\d+ checks\)\n\d+ passed, 0 failed\n$/);
  });
  test('an example that comes out otherwise', async (context) => {
    const wrong = own.replace("name='org.qemu.guest_agent.1'", "name='org.qemu.guest_agent.0'");
    const { code, stdout } = await run(['rules', 'test', ownRules(context, { 'own-agent-channel.yaml': wrong })]);
    assert.equal(code, 1);
    assert.match(stdout, /^✗ own-agent-channel .*\n.*own-agent-channel.yaml: fail: a channel of another name\n/);
  });
  test('a part of the assertion that no example notices', async (context) => {
    const wrong = own.replace('contains:\n', 'minItems: 0\n      contains:\n');
    const { code, stdout } = await run(['rules', 'test', ownRules(context, { 'own-agent-channel.yaml': wrong })]);
    assert.equal(code, 1);
    assert.match(stdout, /no example notices: assert\.has\.\/domain\/devices\/channel\.minItems dropped/);
  });
  test('the id of a built-in rule', async (context) => {
    const { code, stderr } = await run(['rules', 'test', ownRules(context, { 'guest-agent-channel.yaml': builtIn })]);
    assert.equal(code, 2);
    assert.match(
      stderr,
      /guest-agent-channel\.yaml:1: rule "guest-agent-channel" is built in; give it an id of its own/,
    );
  });
  test('a folder without rules', async (context) => {
    const { code, stderr } = await run(['rules', 'test', ownRules(context, {})]);
    assert.equal(code, 2);
    assert.match(stderr, /no rule file \(\*\.yaml\) in this folder/);
  });
});

describe('rules list', () => {
  test('of a profile: its severities', async () => {
    const { stdout } = await run(['rules', 'list', '--profile', 'openstack']);
    assert.match(stdout, /^info {6}guest-agent-channel /m);
    const { stdout: plain } = await run(['rules', 'list']);
    assert.match(plain, /^medium {4}guest-agent-channel /m);
  });
  test('an unknown profile', async () => {
    const { code, stderr } = await run(['rules', 'list', '--profile', 'xen']);
    assert.equal(code, 2);
    assert.match(stderr, /unknown profile "xen", expected one of cloudstack, default, openstack/);
  });
  test('the tags', async () => {
    const { stdout } = await run(['rules', 'list', '--tags']);
    assert.match(stdout, /^apparmor\n/);
  });
});

describe('rules show --fix', () => {
  const xml = `<domain type='kvm'>
  <name>web</name>
  <uuid>5a1f1c3e-6f0e-4c55-9c9b-0d4c2f0a7a01</uuid>
  <devices>
    <emulator>/usr/bin/qemu-system-x86_64</emulator>
  </devices>
</domain>
`;
  const fix = (context: TestContext, id: string, text: string) => {
    const path = join(ownRules(context, { 'web.xml': text }), 'own', 'web.xml');
    return run(['rules', 'show', id, '--fix', path]).then((result) => ({ ...result, path }));
  };
  test('prints what would mend a domain as a diff', async (context) => {
    const { code, stdout, path } = await fix(context, 'guest-agent-channel', xml);
    assert.equal(code, 0);
    assert.equal(
      stdout,
      `--- ${path}\tnow
+++ ${path}\tmended
@@ -3,5 +3,8 @@
   <uuid>5a1f1c3e-6f0e-4c55-9c9b-0d4c2f0a7a01</uuid>
   <devices>
     <emulator>/usr/bin/qemu-system-x86_64</emulator>
+    <channel type='unix'>
+      <target type='virtio' name='org.qemu.guest_agent.0'/>
+    </channel>
   </devices>
 </domain>
`,
    );
  });
  test('says when there is nothing to mend', async (context) => {
    const { code, stdout, stderr } = await fix(context, 'domain-seclabel-not-none', xml);
    assert.deepEqual([code, stdout], [0, '']);
    assert.match(stderr, /nothing to mend, the rule does not apply\n$/);
  });
  test('of a rule whose remedy is elsewhere, and of what is no domain', async (context) => {
    const elsewhere = await fix(context, 'apparmor-secmodel-active', xml);
    assert.equal(elsewhere.code, 2);
    assert.match(elsewhere.stderr, /rule "apparmor-secmodel-active" has no fix of the XML; /);
    const broken = await fix(context, 'guest-agent-channel', '<domain');
    assert.equal(broken.code, 2);
    assert.match(broken.stderr, /web\.xml:1:8: ends inside the tag <domain>\n$/);
  });
});
