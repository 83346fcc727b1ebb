/**
 * The least that a first audit can take: every line of each definition is looked up once, and every clause of the built-in
 * rules is called once for each domain, on facts of one that are there already. Nothing is parsed but that one, no facts
 * are drawn, no finding has violations, and neither the host nor AppArmor is looked at.
 * One round in a new process; prints its milliseconds.
 */
import { join } from 'node:path';
import { Hypervisor } from 'node-libvirt';
import type * as loading from '../../src/auditor/loadRuleset.ts';
import type * as parsing from '../../src/facts/xml/parseXml.ts';
import type { JsonObject } from '../../src/model/json.ts';
import type { Outcome } from '../../src/model/outcome.ts';

const built = join(import.meta.dirname, '..', '..', 'dist');
const { loadRuleset } = (await import(join(built, 'auditor', 'loadRuleset.js'))) as typeof loading;
const { parseXml } = (await import(join(built, 'facts', 'xml', 'parseXml.js'))) as typeof parsing;

const [uri = ''] = process.argv.slice(2);
const { rules } = await loadRuleset({ rules: [], tags: [], only: [], skip: [] });
const judged = rules.filter(({ info }) => info.target === 'domain');
// V8 compiles a function when it is first called.
for (const { when, assert } of judged) void [when?.holds({}), assert.holds({})];
const hypervisor = new Hypervisor({ uri });
await hypervisor.connectOpen();

const began = performance.now();
const lines = new Map<string, number>();
let text = '';
const domains = await hypervisor.connectListAllDomains();
const left = domains.values();
const read = async (): Promise<void> => {
  for (const domain of left) {
    text = await domain.getXMLDesc(0);
    for (const line of text.split(/\n[ \n]*/)) lines.set(line, (lines.get(line) ?? 0) + 1);
  }
};
await Promise.all(Array.from({ length: 64 }, read));
const parsed = parseXml(text, ['domain']);
if (!parsed.ok) throw new Error(parsed.reason);
const facts: JsonObject = {
  ...parsed.document,
  sockets: [],
  interfaces: [],
  host: {},
  parameters: {},
  definition: 'config',
};
const findings: { rule: string; outcome: Outcome }[] = [];
for (let domain = 0; domain < domains.length; domain++) {
  for (const { info, when, assert } of judged) {
    const outcome = when?.holds(facts) === false ? 'notapplicable' : assert.holds(facts) ? 'pass' : 'fail';
    findings.push({ rule: info.id, outcome });
  }
}
const milliseconds = performance.now() - began;
if (findings.length !== domains.length * judged.length) throw new Error('not every rule on every domain');
process.stdout.write(`${milliseconds}\n`);
process.exit(0);
