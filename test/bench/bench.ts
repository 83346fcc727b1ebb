/**
 * `make bench`: one table, and exit 1 where a target is missed. Ratios are between things that took turns in this run,
 * so that another machine gives other times and about the same ratios. Arguments select sections.
 */
import { temporaryFolder } from '../real/temporaryFolder.ts';
import { againstLimit } from './againstLimit.ts';
import { growth } from './growth.ts';
import { missed, type Row, table } from './row.ts';
import { scraping } from './scraping.ts';
import { start } from './start.ts';
import { upgrade } from './upgrade.ts';

const sections: Readonly<Record<string, (folder: string) => Row[] | Promise<Row[]>>> = {
  start,
  limit: againstLimit,
  scraping,
  growth,
  upgrade,
};

await using folder = await temporaryFolder();
const asked = process.argv.slice(2);
const rows: Row[] = [];
for (const [name, run] of Object.entries(sections)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  process.stderr.write(`bench: ${name}\n`);
  rows.push(...(await run(folder.path)));
}
process.stdout.write(table(rows));
if (missed(rows).length > 0) process.exitCode = 1;
