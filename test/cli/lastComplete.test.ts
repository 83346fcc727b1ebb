import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { lastComplete } from '../../src/cli/lastComplete.ts';
import { temporaryFolder } from '../real/temporaryFolder.ts';

const name = 'virt_audit_audit_last_complete_timestamp_seconds';

const cases: readonly { name: string; text: string; time: number | undefined }[] = [
  { name: 'there', text: `# TYPE ${name} gauge\n${name} 1795587026.759\nother 1\n`, time: 1795587026.759 },
  { name: 'not there', text: 'other 1\n', time: undefined },
  { name: 'no number', text: `${name} NaN\n`, time: undefined },
  { name: 'only in another name', text: `x_${name} 1\n${name}_y 2\n`, time: undefined },
];

describe('the time in a textfile', () => {
  for (const { name: what, text, time } of cases) {
    test(what, async () => {
      await using folder = await temporaryFolder();
      const path = join(folder.path, 'x.prom');
      writeFileSync(path, text);
      assert.equal(lastComplete(path), time);
    });
  }
  test('of no file', () => assert.equal(lastComplete('/nowhere/x.prom'), undefined));
});
