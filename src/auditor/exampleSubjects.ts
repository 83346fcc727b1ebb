import { assemble, parseDomains } from '../facts/assemble.ts';
import type { Document } from '../model/document.ts';
import { defaultParameters } from '../model/parameters.ts';
import type { Example } from '../model/rule.ts';
import type { Subject } from '../model/subject.ts';
import { exampleDocuments } from '../ruleset/exampleDocuments.ts';

/** Examples are judged as of this day, so that what expires in them always has. */
const exampleDay = new Date('2026-01-01T00:00:00Z');

/**
 * What a rule's example tells of, through the same parsers as a host.
 *
 * @param documents its documents, or what somebody has made of them
 */
export const exampleSubjects = (
  example: Example,
  documents: readonly Document[] = exampleDocuments(example.documents),
): readonly Subject[] => {
  const parameters = { ...defaultParameters, ...example.parameters };
  const target =
    example.target === undefined ? {} : { target: { name: 'example', documents: exampleDocuments(example.target) } };
  return assemble(parseDomains(documents), documents, parameters, { now: exampleDay, ...target }).subjects;
};
