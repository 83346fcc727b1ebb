import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { type AuditOptions, auditSpec } from '../../src/cli/auditOptions.ts';
import { InputError } from '../../src/model/inputError.ts';

const options: AuditOptions = { domains: [], root: '/', rules: [], tag: [], rule: [], skip: [] };

const sources: readonly {
  name: string;
  options: Partial<AuditOptions>;
  connect?: string;
  domains: readonly string[];
}[] = [
  { name: 'nothing said: this host’s daemon', options: {}, connect: 'qemu:///system', domains: [] },
  { name: 'a connection', options: { connect: 'test:///default' }, connect: 'test:///default', domains: [] },
  { name: 'files instead of a daemon', options: { domains: ['a.xml'] }, domains: ['a.xml'] },
  { name: 'another root: the domains that it defines', options: { root: '/mnt' }, domains: ['/mnt/etc/libvirt/qemu'] },
  { name: 'another root and files', options: { root: '/mnt', domains: ['a'] }, domains: ['a'] },
  { name: 'this host’s root, spelt otherwise', options: { root: '//' }, connect: 'qemu:///system', domains: [] },
];

describe('which domains are audited', () => {
  for (const { name, options: given, connect, domains } of sources) {
    test(name, () => {
      const spec = auditSpec({ ...options, ...given }, 5000);
      assert.deepEqual({ connect: spec.connect, domains: spec.domains }, { connect, domains });
    });
  }
});

const configOf = (context: TestContext, text: string): string => {
  const folder = mkdtempSync(join(tmpdir(), 'virt-audit-test-'));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, 'virt-audit.yaml'), text);
  return join(folder, 'virt-audit.yaml');
};

describe('the configuration', () => {
  test('comes before the options; its folders are relative to it', (context) => {
    const config = configOf(context, 'rules: [own, /srv/rules]\nskip: [a]\nseverities: { b: info }\n');
    const spec = auditSpec({ ...options, config, rules: ['given'], skip: ['c'], tag: ['t'], rule: ['r'] }, 5000);
    assert.deepEqual(spec.rules, [join(config, '..', 'own'), '/srv/rules', 'given']);
    assert.deepEqual(spec.skip, ['a', 'c']);
    assert.deepEqual(spec.severities, { b: 'info' });
    assert.deepEqual([spec.tags, spec.only, spec.root, spec.timeout], [['t'], ['r'], '/', 5000]);
  });
  test('may say nothing', (context) => {
    const spec = auditSpec({ ...options, config: configOf(context, '') }, 1);
    assert.deepEqual([spec.rules, spec.skip, spec.severities], [[], [], {}]);
  });
  test('that is not there', () =>
    assert.throws(
      () => auditSpec({ ...options, config: '/nowhere.yaml' }, 1),
      (error) => error instanceof InputError && error.message === '/nowhere.yaml: ENOENT; --config takes a YAML file',
    ));
  test('that is wrong', (context) => {
    const config = configOf(context, 'skips: []\n');
    assert.throws(
      () => auditSpec({ ...options, config }, 1),
      (error) => error instanceof InputError && error.message.startsWith(`${config}:1: unknown key "skips"`),
    );
  });
});
