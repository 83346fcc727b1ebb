/** Every rule's change of a domain's XML: it mends what it is for, and a real libvirt takes it. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fixDomains } from '../src/auditor/fixDomain.ts';
import { loadCatalogue } from '../src/auditor/loadCatalogue.ts';
import type { Document } from '../src/model/document.ts';
import { defaultParameters } from '../src/model/parameters.ts';
import { exampleDocuments } from '../src/ruleset/exampleDocuments.ts';
import { definable } from './real/definable.ts';
import { startPrivateLibvirt } from './real/privateLibvirt.ts';
import { readBack } from './real/readBack.ts';
import { realTest } from './real/realTest.ts';

const fixed = loadCatalogue([])
  .filter(({ fix }) => fix !== undefined)
  .flatMap((rule) =>
    rule.examples.fail.map((example) => {
      const parameters = { ...defaultParameters, ...example.parameters };
      const documents = exampleDocuments(example.documents);
      const { documents: mended, after } = fixDomains(rule, documents, parameters);
      return { rule, example, documents, mended, after };
    }),
  );

describe('a fix mends each failing example of its rule', () => {
  for (const { rule, example, after } of fixed) {
    test(`${rule.id}: ${example.name}`, () => {
      const judged = after.filter(({ outcome }) => outcome !== 'notapplicable');
      assert.deepEqual(
        judged.filter(({ outcome }) => outcome !== 'pass'),
        [],
      );
    });
  }
});

/** Of all that libvirt may refuse, these alone are the machine's: its CPU has no SEV, or its libvirt and QEMU are too old. */
const notHere = new RegExp(
  [
    'SEV launch security is not supported with this QEMU binary',
    "'type' in element 'launchSecurity': '(sev-snp|tdx)'",
    'rdp graphics are not supported with this QEMU',
    'only a single watchdog device is supported',
  ].join('|'),
);

const isDomain = (document: Document): document is Document & { kind: 'domain' } => document.kind === 'domain';

realTest('libvirt takes every domain that a fix has mended', ['privateLibvirt'], async () => {
  await using libvirt = await startPrivateLibvirt();
  const mended = fixed.flatMap(({ rule, example, documents, mended: changed }) =>
    changed
      .filter((document, index) => document !== documents[index])
      .filter(isDomain)
      .map(({ text }) => ({ name: `${rule.id}: ${example.name}`, text: definable(text) })),
  );
  assert.ok(mended.length > 0);
  const answers = await readBack(
    libvirt,
    mended.map(({ text }) => text),
  );
  assert.deepEqual(
    answers.flatMap((answer, index) =>
      'refused' in answer && !notHere.test(answer.refused) ? [[mended[index]?.name, answer.refused]] : [],
    ),
    [],
  );
});
