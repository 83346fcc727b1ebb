import { type Document, isAlias, isMap, isScalar, LineCounter, type Node, parseDocument, visit } from 'yaml';
import type { Json } from '../../model/json.ts';
import { pointerTokens } from '../../model/pointer.ts';
import { deepCollection } from './deepCollection.ts';

/** A parsed YAML file that still knows its lines. */
export interface YamlFile {
  data: Json;
  /** Line (from 1) of the key, or of the item, at a JSON pointer, or of the nearest that holds it. */
  lineOf(pointer: string): number;
}

/** One mistake and its line. */
export interface YamlError {
  line: number;
  message: string;
}

/** More aliases than any rule has; each could stand for a text that is itself full of aliases. */
const maxAliases = 100;

/** Deeper than any rule goes, and far less than what would end in a stack that is too small. */
const maxDepth = 100;

type Positioned = { range?: [number, number, number] | null } | null | undefined;

const offsetOf = (node: unknown): number | undefined => (node as Positioned)?.range?.[0];

/** Where the key of a mapping's entry, or the item of a list, begins. */
const offsetAt = (document: Document, tokens: readonly string[]): number | undefined => {
  const last = tokens.at(-1);
  if (last === undefined) return offsetOf(document.contents);
  const path = (names: readonly string[]) => names.map((token) => (/^\d+$/.test(token) ? Number(token) : token));
  const parent = tokens.length === 1 ? document.contents : document.getIn(path(tokens.slice(0, -1)), true);
  if (isMap(parent)) {
    const pair = parent.items.find(({ key }) => isScalar(key) && String(key.value) === last);
    return offsetOf(pair?.key);
  }
  return offsetOf(document.getIn(path(tokens), true));
};

/** What is wrong with a file's aliases, which the parser tells only when it is too late for a line. */
const structureErrors = (document: Document): { offset: number; message: string }[] => {
  const errors: { offset: number; message: string }[] = [];
  let count = 0;
  visit(document, {
    Alias: (_, node, path) => {
      if (!isAlias(node)) return;
      count += 1;
      const offset = offsetOf(node) ?? 0;
      const target = node.resolve(document);
      // An alias within what it stands for would make a value without end.
      if (path.includes(target as Node)) {
        errors.push({ offset, message: `the alias ${node.source} stands for what holds it` });
      } else if (target === undefined) {
        errors.push({ offset, message: `Unresolved alias (the anchor must be set before the alias): ${node.source}` });
      } else if (count === maxAliases + 1) {
        errors.push({ offset, message: `more than ${maxAliases} aliases; write the text out instead` });
      }
    },
  });
  return errors;
};

/** The parser goes on after a mistake, and one quote that is missing makes a hundred: the first are what there is to mend. */
const mostSyntaxErrors = 3;

const firstOf = (errors: readonly YamlError[]): readonly YamlError[] => {
  const [first, ...others] = errors;
  if (first === undefined || errors.length <= mostSyntaxErrors) return errors;
  const shown = [first, ...others.slice(0, mostSyntaxErrors - 1)];
  const { line } = shown.at(-1) ?? first;
  return [...shown, { line, message: `and ${errors.length - shown.length} more below, which may come of these` }];
};

/** Parses one YAML 1.2 document; duplicate keys, tabs, a second document and the like are errors with their line. */
export const parseYaml = (text: string): YamlFile | readonly YamlError[] => {
  const counter = new LineCounter();
  const deep = deepCollection(text, maxDepth);
  if (deep !== undefined) {
    return [{ line: text.slice(0, deep).split('\n').length, message: `nested more than ${maxDepth} deep` }];
  }
  const document = parseDocument(text, { lineCounter: counter, prettyErrors: false });
  const lineAt = (offset: number): number => Math.max(1, counter.linePos(offset).line);
  if (document.errors.length > 0) {
    return firstOf(
      document.errors.map(({ pos, code, message }) => ({
        line: lineAt(pos[0]),
        message: code === 'MULTIPLE_DOCS' ? 'expected one YAML document, found another' : message,
      })),
    );
  }
  const errors = structureErrors(document);
  if (errors.length > 0) return errors.map(({ offset, message }) => ({ line: lineAt(offset), message }));
  try {
    return {
      data: document.toJS({ maxAliasCount: maxAliases * maxAliases }) as Json,
      lineOf: (pointer) => {
        for (let tokens = pointerTokens(pointer); ; tokens = tokens.slice(0, -1)) {
          const offset = offsetAt(document, tokens);
          if (offset !== undefined || tokens.length === 0) return lineAt(offset ?? 0);
        }
      },
    };
  } catch (error) {
    return [{ line: 1, message: (error as Error).message }];
  }
};
