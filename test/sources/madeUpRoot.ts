import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { TestContext } from 'node:test';

/** What a path is: text of a file, `null` for a folder, or the target of a link. */
export type Entries = Readonly<Record<string, string | null | { link: string }>>;

/** A folder with `entries`, removed when the test ends. */
export const madeUpRoot = (context: TestContext, entries: Entries): string => {
  const root = mkdtempSync(join(tmpdir(), 'virt-audit-test-'));
  context.after(() => rmSync(root, { recursive: true, force: true }));
  for (const [name, entry] of Object.entries(entries)) {
    const path = join(root, name);
    mkdirSync(entry === null ? path : dirname(path), { recursive: true });
    if (typeof entry === 'string') writeFileSync(path, entry, 'latin1');
    else if (entry !== null) symlinkSync(entry.link, path);
  }
  return root;
};
