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
  test('is handed on as text, beside what the options say', (context) => {
    const text = 'rules: [own]\nskip: [a]\n';
    const path = configOf(context, text);
    const spec = auditSpec(
      { ...options, config: path, profile: 'openstack', rules: ['given'], skip: ['c'], tag: ['t'], rule: ['r'] },
      5000,
    );
    assert.deepEqual([spec.config, spec.profile], [{ path, text }, 'openstack']);
    assert.deepEqual([spec.rules, spec.skip, spec.tags, spec.only], [['given'], ['c'], ['t'], ['r']]);
    assert.deepEqual([spec.root, spec.timeout], ['/', 5000]);
  });
  test('that is not there', () =>
    assert.throws(
      () => auditSpec({ ...options, config: '/nowhere.yaml' }, 1),
      (error) =>
        error instanceof InputError &&
        error.message === '/nowhere.yaml: no such file or folder; --config takes a YAML file',
    ));
});
