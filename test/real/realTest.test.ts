import assert from 'node:assert/strict';
import { test } from 'node:test';
import { requires } from './requires.ts';
import { runModule } from './runModule.ts';

test('what a machine lacks is named with its package', () => {
  const has = (command: string) => command !== 'promtool' && command !== 'virsh';
  const reason = 'no virsh, promtool in PATH; apt-get install libvirt-clients prometheus';
  assert.equal(requires(['virsh', 'prometheus'], has), reason);
  assert.equal(
    requires(
      ['privateLibvirt'],
      () => true,
      () => false,
    )?.startsWith('no right to mount'),
    true,
  );
  assert.equal(
    requires(
      ['prometheus'],
      () => true,
      () => false,
    ),
    undefined,
  );
});

for (const [required, outcome] of [
  ['', 'skipped 1'],
  ['1', 'fail 1'],
] as const) {
  test(`a test that can't run: ${outcome}`, async () => {
    const script = `import { realTest } from './realTest.ts'; realTest('never', ['prometheus'], () => {});`;
    const env = { PATH: '/nowhere', VIRT_AUDIT_REQUIRE_ALL: required };
    const { stdout } = await runModule(script, env);
    // To a pipe, Node 20 and 22 speak TAP, later ones as to a person.
    assert.match(stdout, new RegExp(`^(#|ℹ) ${outcome}$`, 'm'));
    assert.match(stdout, /no setpriv, prometheus, promtool in PATH; apt-get install prometheus util-linux/);
  });
}
