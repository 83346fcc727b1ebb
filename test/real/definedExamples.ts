import { exampleSubjects } from '../../src/auditor/exampleSubjects.ts';
import { evaluate } from '../../src/engine/evaluate.ts';
import type { Definition } from '../../src/model/definition.ts';
import type { Document } from '../../src/model/document.ts';
import type { Example, Rule } from '../../src/model/rule.ts';
import { createCompiler } from '../../src/ruleset/compile/compileRule.ts';
import { exampleDocuments } from '../../src/ruleset/exampleDocuments.ts';
import { definable } from './definable.ts';

type DomainDocument = Document & { kind: 'domain' };

/** One rule's example, whose domains libvirt is to define. */
export interface DefinedExample {
  rule: Rule;
  example: Example;
  documents: readonly Document[];
}

const isDomain = (document: Document): document is DomainDocument => document.kind === 'domain';

/** The passing and failing examples of rules about domains: of the others nothing is judged. */
export const judgedExamples = (rules: readonly Rule[]): DefinedExample[] =>
  rules
    .filter(({ target }) => target === 'domain')
    .flatMap((rule) =>
      [...rule.examples.pass, ...rule.examples.fail].map((example) => ({
        rule,
        example,
        documents: exampleDocuments(example.documents),
      })),
    );

/** A definition of a domain: of the example's as libvirt can define it, or libvirt's own. */
export interface ReadDomain {
  text: string;
  definition: Definition;
}

/** The domains of an example as libvirt can define them. */
export const domainsOf = ({ documents }: DefinedExample): ReadDomain[] =>
  documents.filter(isDomain).map(({ text, definition = 'config' }) => ({ text: definable(text), definition }));

const typeOf = (xml: string): string => /<domain\b[^>]*?\stype=['"](\w+)['"]/.exec(xml)?.[1] ?? 'qemu';

/** The one thing in which a domain that was read back differs from what libvirt wrote: it is KVM's again, not emulated. */
const retyped = (xml: string, type: string): string => xml.replace(/(<domain\b[^>]*?\stype=['"])\w+/, `$1${type}`);

/**
 * Whether the rule passes or fails on a domain of its example as libvirt has it; the example's other documents stay.
 *
 * @param read what libvirt made of each domain, in their order
 */
export const isJudged = ({ rule, example, documents }: DefinedExample, read: readonly ReadDomain[]): boolean => {
  const left = [...read];
  const now = documents.map((document): Document => {
    if (!isDomain(document)) return document;
    const { text, definition } = left.shift() ?? { text: '', definition: 'config' };
    const state = definition === 'live' ? 'running' : 'shutoff';
    return { ...document, text: retyped(text, typeOf(document.text)), definition, state };
  });
  return evaluate([createCompiler()(rule)], exampleSubjects(example, now)).some(
    ({ outcome }) => outcome === 'pass' || outcome === 'fail',
  );
};
