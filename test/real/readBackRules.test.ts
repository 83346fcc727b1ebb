/** Every rule about domains is judged, not just waved through, on a domain as a real libvirt writes it. */
import assert from 'node:assert/strict';
import { loadCatalogue } from '../../src/auditor/loadCatalogue.ts';
import { type DefinedExample, domainsOf, isJudged, judgedExamples, type ReadDomain } from './definedExamples.ts';
import { domainKey } from './domainKey.ts';
import { type PrivateLibvirt, startPrivateLibvirt } from './privateLibvirt.ts';
import { readBack } from './readBack.ts';
import { realTest } from './realTest.ts';
import { type Running, startOnce } from './startOnce.ts';

/** Rules whose domains no libvirt of an ordinary machine takes, and why. */
const exceptions: Readonly<Record<string, string>> = {
  'launch-security-forbids-debugging': "libvirt takes <launchSecurity type='sev'> only where the host's CPU has SEV",
};

/** Which of the examples are judged on what libvirt keeps of their domains. */
const judgedWhenDefined = async (
  libvirt: PrivateLibvirt,
  examples: readonly DefinedExample[],
): Promise<Set<string>> => {
  const answers = await readBack(
    libvirt,
    examples.flatMap(domainsOf).map(({ text }) => text),
  );
  const judged = new Set<string>();
  for (const example of examples) {
    const read = answers
      .splice(0, domainsOf(example).length)
      .map((answer): ReadDomain | undefined =>
        'xml' in answer ? { text: answer.xml, definition: 'config' } : undefined,
      );
    if (read.every((domain) => domain !== undefined) && isJudged(example, read)) judged.add(example.rule.id);
  }
  return judged;
};

/** The example's domains while they run, each of which may be there in both definitions; or why one does not start. */
const started = async (libvirt: PrivateLibvirt, example: DefinedExample): Promise<ReadDomain[] | string> => {
  const running = new Map<string, Running>();
  const domains = domainsOf(example);
  for (const { text, definition } of domains) {
    if (definition === 'config' || running.has(domainKey(text))) continue;
    const answer = await startOnce(libvirt, text);
    if ('refused' in answer) return answer.refused;
    running.set(domainKey(text), answer);
  }
  const read = domains.flatMap(({ text, definition }) => {
    const now = running.get(domainKey(text));
    return now === undefined ? [] : [{ text: definition === 'live' ? now.live : now.inactive, definition }];
  });
  return read.length === domains.length ? read : 'its domains do not run';
};

realTest('every rule about domains is judged on what libvirt writes back', ['privateLibvirt'], async () => {
  await using libvirt = await startPrivateLibvirt();
  const examples = judgedExamples(loadCatalogue([]));
  const judged = await judgedWhenDefined(libvirt, examples);
  const why = new Map<string, string>();
  // What only a running domain shows.
  for (const example of examples) {
    const { id } = example.rule;
    if (judged.has(id) || id in exceptions) continue;
    const read = await started(libvirt, example);
    if (typeof read === 'string') why.set(id, read);
    else if (isJudged(example, read)) judged.add(id);
  }
  const missing = new Set(examples.map(({ rule }) => rule.id).filter((id) => !judged.has(id)));
  assert.deepEqual(
    [...missing].filter((id) => !(id in exceptions)).map((id) => [id, why.get(id) ?? 'it is not judged']),
    [],
  );
});
