/** The recording rules and alerts in deploy/prometheus: Prometheus takes them, and their own tests hold each of them. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { promtool } from '../real/promtool.ts';
import { realTest } from '../real/realTest.ts';
import { deployed } from './deployed.ts';

interface Group {
  rules: readonly { alert?: string; record?: string }[];
}

const folder = deployed('prometheus');
const tests = { 'alerts.yml': 'alerts_test.yml', 'recording_rules.yml': 'recording_rules_test.yml' };

realTest('Prometheus takes the configuration and its rules', ['prometheus'], async () => {
  const { code, stdout, stderr } = await promtool(['check', 'config', '--lint-fatal', join(folder, 'prometheus.yml')]);
  assert.equal(code, 0, `${stdout}${stderr}`);
});

for (const [rules, test] of Object.entries(tests)) {
  realTest(`${test} holds, and expects something of each rule`, ['prometheus'], async () => {
    const { code, stdout, stderr } = await promtool(['test', 'rules', join(folder, test)]);
    assert.equal(code, 0, `${stdout}${stderr}`);

    const expected = await readFile(join(folder, test), 'utf8');
    const { groups } = parse(await readFile(join(folder, rules), 'utf8')) as { groups: Group[] };
    const unexpected = groups
      .flatMap((group) => group.rules)
      // An alert must fire in some test, not only be silent.
      .filter(
        ({ alert, record }) => !new RegExp(alert ? `alertname: ${alert}\\n` : `expr: ${record}\\b`).test(expected),
      );
    assert.deepEqual(unexpected, []);
  });
}
