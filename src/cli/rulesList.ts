import { loadCatalogue } from '../auditor/loadCatalogue.ts';

/** `virt-audit rules list`: one line for each rule. @throws InputError */
export const rulesList = (paths: readonly string[]): void => {
  const rules = loadCatalogue(paths);
  const widest = Math.max(...rules.map(({ id }) => id.length));
  process.stdout.write(
    rules.map(({ severity, id, title }) => `${severity.padEnd(8)}  ${id.padEnd(widest)}  ${title}\n`).join(''),
  );
};
