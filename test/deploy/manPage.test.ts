/** virt-audit(1), made of the program's own help: groff finds no fault, and nothing of the help is missing. */
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { outputOf } from '../real/outputOf.ts';
import { realTest } from '../real/realTest.ts';
import { runCommand } from '../real/runCommand.ts';
import { temporaryFolder } from '../real/temporaryFolder.ts';
import { mainModule } from '../real/virtAudit.ts';

const script = fileURLToPath(new URL('../../scripts/man-page.mjs', import.meta.url));

realTest('the manual page has every option, and no warning', ['manual'], async () => {
  await using folder = await temporaryFolder();
  const page = join(folder.path, 'virt-audit.1');
  await writeFile(page, await outputOf(process.execPath, [script]));
  const env = { ...process.env, LC_ALL: 'C.UTF-8', MANWIDTH: '200', MAN_KEEP_FORMATTING: '' };
  const { code, stdout, stderr } = await runCommand('man', ['--warnings', '--encoding=UTF-8', '--local-file', page], {
    env,
  });
  assert.deepEqual([code, stderr], [0, '']);
  for (const command of [['check'], ['serve'], ['collect'], ['diff'], ['rules', 'list'], ['apparmor', 'decide']]) {
    assert.match(stdout, new RegExp(`virt-audit ${command.join(' ')}`));
    const help = await outputOf(process.execPath, [mainModule, ...command, '--help']);
    const options = [...help.matchAll(/^ {2}(?:-\w, )?(--[\w.-]+)/gm)].map((match) => match[1] ?? '');
    assert.ok(options.length > 3, command.join(' '));
    const [status] = /^Exit status: [\s\S]*/m.exec(help) ?? [];
    const said = stdout.replaceAll(/‐\s*/g, '').replaceAll(/\s+/g, ' ').replaceAll('’', "'");
    if (status !== undefined && command[0] !== 'check')
      assert.ok(said.includes(status.replaceAll(/\s+/g, ' ').trim()), status);
    for (const option of options.filter((name) => name !== '--help')) assert.ok(stdout.includes(option), option);
  }
});
