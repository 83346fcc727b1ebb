/** Every domain in libvirt's own documentation and examples is judged: no rule fails to make sense of one. */
import assert from 'node:assert/strict';
import { loadRuleset } from '../../src/auditor/loadRuleset.ts';
import { evaluate } from '../../src/engine/evaluate.ts';
import { assemble, parseDomains } from '../../src/facts/assemble.ts';
import type { Document } from '../../src/model/document.ts';
import { type DocumentedDomain, libvirtDocs } from './libvirtDocs.ts';
import { outputOf } from './outputOf.ts';
import { realTest } from './realTest.ts';

/** Expat, which knows nothing of this product, says which of the examples are XML: some leave things out inside of tags. */
const wellFormed = `
import json, sys
from xml.parsers import expat
def ok(text):
    try:
        expat.ParserCreate().Parse(text, True)
        return True
    except expat.ExpatError:
        return False
print(json.dumps([ok(text) for text in json.load(sys.stdin)]))
`;

const isWellFormed = async (texts: readonly string[]): Promise<boolean[]> =>
  JSON.parse(await outputOf('python3', ['-c', wellFormed], { input: JSON.stringify(texts) }));

const { rules } = await loadRuleset({ rules: [], tags: [], only: [], skip: [] });

/** What rules can't judge for want of the domain's own XML; documentation has no host. */
const errorsOf = ({ origin, text }: DocumentedDomain): string[] => {
  const documents: Document[] = [{ kind: 'domain', origin, text, name: origin }];
  const { subjects } = assemble(parseDomains(documents), documents);
  const own = subjects
    .filter(({ target }) => target.kind === 'domain')
    .map((subject) => ({ ...subject, unknown: subject.unknown.filter(({ at }) => /^(\/domain(\/|$)|$)/.test(at)) }));
  const reasons = evaluate(rules, own).flatMap((finding) => (finding.outcome === 'error' ? [finding.reason] : []));
  return [...new Set(reasons)].map((reason) => `${origin}: ${reason}`);
};

realTest("every domain in libvirt's documentation is judged without error", ['libvirtDoc'], async () => {
  const shown = await libvirtDocs();
  const builtIn = await outputOf('virsh', ['--quiet', '--connect', 'test:///default', 'dumpxml', 'test']);
  const all = [...shown, { origin: 'test:///default', text: builtIn }];
  const whole = await isWellFormed(all.map(({ text }) => text));
  const domains = all.filter((_, index) => whole[index]);
  // The documentation of 9.0 has 224 examples of 239 that are XML once `...` is taken out.
  assert.ok(domains.length > 200, `only ${domains.length} domains in libvirt's documentation`);
  assert.deepEqual(domains.flatMap(errorsOf), []);
});
