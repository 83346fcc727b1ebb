import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { loadCatalogue } from '../../../src/auditor/loadCatalogue.ts';
import { catalogue } from '../../../src/ruleset/explain/catalogue.ts';

test('rules/README.md is what the rules say; `make generate` makes it anew', () => {
  const file = join(import.meta.dirname, '..', '..', '..', 'rules', 'README.md');
  assert.equal(readFileSync(file, 'utf8'), catalogue(loadCatalogue([])));
});
