/** The recording rules and alerts in deploy/prometheus: Prometheus takes them, and their own tests hold each of them. */
import assert from 'node:assert/strict';
import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isMap, parseDocument, type YAMLSeq } from 'yaml';
import { promtool } from '../real/promtool.ts';
import { realTest } from '../real/realTest.ts';
import { temporaryFolder } from '../real/temporaryFolder.ts';
import { deployed } from './deployed.ts';

const folder = deployed('prometheus');
const tests = { 'alerts.yml': 'alerts_test.yml', 'recording_rules.yml': 'recording_rules_test.yml' };

realTest('Prometheus takes the configuration and its rules', ['prometheus'], async () => {
  const { code, stdout, stderr } = await promtool(['check', 'config', '--lint-fatal', join(folder, 'prometheus.yml')]);
  assert.equal(code, 0, `${stdout}${stderr}`);
});

for (const [rules, test] of Object.entries(tests)) {
  realTest(`${test} holds, and misses any rule that is not there`, ['prometheus'], async () => {
    const whole = await promtool(['test', 'rules', join(folder, test)]);
    assert.equal(whole.code, 0, `${whole.stdout}${whole.stderr}`);

    await using copy = await temporaryFolder();
    await cp(folder, copy.path, { recursive: true });
    const text = await readFile(join(folder, rules), 'utf8');
    const count = (parseDocument(text).getIn(['groups', 0, 'rules']) as YAMLSeq).items.length;
    assert.ok(count > 0);
    for (let index = 0; index < count; index += 1) {
      const document = parseDocument(text);
      const rule = document.getIn(['groups', 0, 'rules', index]);
      assert.ok(isMap(rule));
      // Not taken out, since others refer to its texts: it never fires, or says nothing.
      rule.set('expr', 'vector(1) > 2');
      await writeFile(join(copy.path, rules), document.toString());
      const { code } = await promtool(['test', 'rules', join(copy.path, test)]);
      assert.notEqual(code, 0, `no test for ${rule.get('alert') ?? rule.get('record')}`);
    }
  });
}
