import { readFileSync } from 'node:fs';
import { createTwoFilesPatch } from 'diff';
import { fixDomains } from '../auditor/fixDomain.ts';
import type { Document } from '../model/document.ts';
import { exitCode } from '../model/exitCode.ts';
import { InputError } from '../model/inputError.ts';
import { systemFault } from '../model/systemFault.ts';
import { utf8Text } from '../model/utf8Text.ts';
import { findRule, type RulesShowOptions, rulesOf } from './rulesShow.ts';

const readDomain = (path: string): string => {
  try {
    return utf8Text(path, readFileSync(path));
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError(`${path}: ${systemFault(error)}; --fix takes a file of domain XML`);
  }
};

/**
 * `virt-audit rules show ID --fix FILE`: what would mend a domain's XML, as a unified diff on stdout; nothing is written.
 * Where there is nothing to mend, stderr says so. Exits with 3 when the fix would not be enough.
 *
 * @throws InputError for a rule without such a fix, and for a file that is no domain
 */
export const rulesFix = (id: string, path: string, options: RulesShowOptions): void => {
  const { rules, parameters } = rulesOf(options);
  const rule = findRule(rules, id);
  if (rule.fix === undefined) {
    throw new InputError(`rule "${id}" has no fix of the XML; virt-audit rules show ${id} says what to do`);
  }
  const document: Document = { kind: 'domain', origin: path, text: readDomain(path) };
  const { before, documents, after } = fixDomains(rule, [document], parameters);
  const finding = before.find(({ target }) => target.kind === 'domain');
  if (finding?.outcome === 'error') throw new InputError(finding.reason);
  if (finding?.outcome !== 'fail') {
    process.stderr.write(
      `virt-audit: ${path}: nothing to mend, the rule ${finding?.outcome === 'pass' ? 'passes' : 'does not apply'}\n`,
    );
    return;
  }
  const [fixed] = documents;
  const text = fixed?.kind === 'domain' ? fixed.text : document.text;
  const patch = createTwoFilesPatch(path, path, document.text, text, 'now', 'mended', { context: 3 });
  // The Index lines that the library puts before are Subversion's, and nobody needs them.
  process.stdout.write(patch.slice(patch.indexOf('--- ')));
  if (after.some(({ outcome }) => outcome === 'fail' || outcome === 'error')) {
    process.stderr.write(`virt-audit: ${path}: this is not all; virt-audit rules show ${id} says what else to do\n`);
    process.exitCode = exitCode.incomplete;
  }
};
