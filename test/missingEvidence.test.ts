/**
 * Missing evidence is `error`, never `pass`: of each rule's own failing examples, every document of the host in turn is made
 * unreadable, and so is every folder in which one is; and what libvirt says of itself is nothing. What failed may then
 * be unknown; it must not be found right, or not applicable.
 */
import assert from 'node:assert/strict';
import { posix } from 'node:path';
import { describe, test } from 'node:test';
import { exampleSubjects } from '../src/auditor/exampleSubjects.ts';
import { loadCatalogue } from '../src/auditor/loadCatalogue.ts';
import { evaluate } from '../src/engine/evaluate.ts';
import type { Document } from '../src/model/document.ts';
import type { Example } from '../src/model/rule.ts';
import { createCompiler } from '../src/ruleset/compile/compileRule.ts';
import { exampleDocuments } from '../src/ruleset/exampleDocuments.ts';

const onHost = ({ kind }: Document): boolean => kind === 'file' || kind === 'link' || kind === 'directory';

const foldersOf = (path: string): string[] =>
  path === '/' ? [] : [posix.dirname(path), ...foldersOf(posix.dirname(path))].filter((folder) => folder !== '/');

const unreadable = (path: string): Document => ({
  kind: 'unreadable',
  origin: path,
  text: `${path}: permission denied`,
  reason: 'denied',
});

/** The paths of the host that an example tells of, and the folders that they are in. */
const pathsIn = (documents: readonly Document[]): string[] => [
  ...new Set(documents.filter(onHost).flatMap(({ origin }) => [origin, ...foldersOf(origin)])),
];

/** What libvirt was asked, and may not have said. */
const said = ['version', 'capabilities'] as const;

/** The documents when a path can't be read, and what is in it neither. */
const without = (documents: readonly Document[], path: string): Document[] => [
  ...documents.filter((each) => !onHost(each) || (each.origin !== path && !each.origin.startsWith(`${path}/`))),
  unreadable(path),
];

for (const rule of loadCatalogue([])) {
  const compiled = createCompiler()(rule);
  const outcomes = (example: Example, documents: readonly Document[]): string[] =>
    evaluate([compiled], exampleSubjects(example, documents)).map(({ outcome }) => outcome);
  const failures = (found: readonly string[]): number => found.filter((outcome) => outcome === 'fail').length;
  describe(rule.id, () => {
    for (const example of rule.examples.fail) {
      const documents = exampleDocuments(example.documents);
      const holds = (left: readonly Document[]): void => {
        const found = outcomes(example, left);
        const lost = failures(outcomes(example, documents)) - failures(found);
        // Of what lies between two domains, the one whose evidence is missing says so.
        assert.ok(lost === 0 || found.includes('error'), `${lost} that failed are ${found.join(', ')}`);
      };
      for (const path of pathsIn(documents)) {
        test(`${example.name}, and ${path} can’t be read`, () => holds(without(documents, path)));
      }
      for (const kind of said) {
        if (!documents.some((each) => each.kind === kind)) continue;
        test(`${example.name}, and libvirt tells no ${kind}`, () =>
          holds(documents.map((each) => (each.kind === kind ? { ...each, text: '' } : each))));
      }
    }
  });
}
