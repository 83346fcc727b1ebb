import { resolve } from 'node:path';
import { loadCatalogue, loadFiles } from '../auditor/loadCatalogue.ts';
import { verifyRule } from '../auditor/verifyRule.ts';
import { exitCode } from '../model/exitCode.ts';
import { InputError } from '../model/inputError.ts';
import type { Rule } from '../model/rule.ts';

/** The rules of a folder, which may not take an id of the built-in ones; without one, these. */
const rulesOf = (path: string | undefined): Rule[] => {
  const builtIn = loadCatalogue([]);
  if (path === undefined) return builtIn;
  const files = new Map(builtIn.map(({ id, file }) => [id, resolve(file)]));
  const own = loadFiles(path);
  const taken = own.filter(({ id, file }) => files.has(id) && files.get(id) !== resolve(file));
  if (taken.length === 0) return own;
  const lines = taken.map(({ id, file }) => `${file}:1: rule "${id}" is built in; give it an id of its own`);
  throw new InputError(lines.join('\n'));
};

const indented = (text: string): string => text.replaceAll(/^/gm, '      ');

/**
 * `virt-audit rules test [DIR]`: holds each rule against its examples as strictly as the built-in ones. Exits with 1 when
 * a rule does not stand.
 *
 * @throws InputError for a file that can't be loaded, or when there is none
 */
export const rulesTest = (path: string | undefined): void => {
  let failed = 0;
  let passed = 0;
  for (const rule of rulesOf(path)) {
    const verifications = verifyRule(rule);
    const problems = verifications.filter(({ problem }) => problem !== undefined);
    passed += verifications.length - problems.length;
    failed += problems.length;
    process.stdout.write(`${problems.length === 0 ? '✓' : '✗'} ${rule.id} (${verifications.length} checks)\n`);
    for (const { name, problem = '' } of problems) {
      process.stdout.write(`    ${rule.file}: ${name}\n${indented(problem)}\n`);
    }
  }
  process.stdout.write(`${passed} passed, ${failed} failed\n`);
  if (failed > 0) process.exitCode = exitCode.findings;
};
