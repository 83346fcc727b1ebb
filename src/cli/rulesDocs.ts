import { loadCatalogue } from '../auditor/loadCatalogue.ts';
import { catalogue } from '../ruleset/explain/catalogue.ts';

/** `virt-audit rules docs`: the catalogue as Markdown, of which rules/README.md is a copy. @throws InputError */
export const rulesDocs = (paths: readonly string[]): void => {
  process.stdout.write(catalogue(loadCatalogue(paths)));
};
