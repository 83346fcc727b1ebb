// Generates src/facts/upgrade/qemuRemovals.json from rules/data/qemu-removals.yaml, which people keep:
//   node --import tsx scripts/qemu-removals.ts
// The facts are pure, so they import what they need; a test holds the two files against each other.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

const root = join(import.meta.dirname, '..');
const removals: unknown = parse(readFileSync(join(root, 'rules', 'data', 'qemu-removals.yaml'), 'utf8'));
writeFileSync(join(root, 'src', 'facts', 'upgrade', 'qemuRemovals.json'), `${JSON.stringify(removals, null, 2)}\n`);
