import type { AnySchemaObject } from 'ajv';
import standaloneCode from 'ajv/dist/standalone/index.js';
import type { JsonObject } from '../../model/json.ts';
import type { Rule } from '../../model/rule.ts';
import { clauseName } from './clauseName.ts';
import { createAjv } from './compileRule.ts';
import { implyTypes } from './implyTypes.ts';
import { withoutErrors } from './withoutErrors.ts';

/** Other characters stand in strings alone, where they may be escaped. */
const ascii = (code: string): string =>
  code.replace(/[^\x00-\x7f]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);

/**
 * The validators of all rules as the text of a function of `exports` and `require`, as of a CommonJS module, that exports
 * them by `clauseName`. Those that explain are apart, since most clauses hold. Before one is called, the export `vocabulary` is to be set. It is ASCII, so that V8 keeps a byte for each character.
 */
export const catalogueCode = (rules: readonly Rule[], { explaining }: { explaining: boolean }): string => {
  const ajv = createAjv({ source: true, explaining });
  const names: Record<string, string> = {};
  const add = (name: string, schema: JsonObject | undefined): void => {
    if (schema === undefined) return;
    ajv.addSchema(implyTypes(schema) as AnySchemaObject, name);
    names[name] = name;
  };
  for (const { id, when, assert } of rules) {
    add(clauseName(id, 'when'), when);
    add(clauseName(id, 'assert'), assert);
  }
  const generated = standaloneCode.default(ajv, names);
  const code = explaining ? generated : withoutErrors(generated);
  const vocabulary = 'const vocabulary = { unique: (pointer, items) => exports.vocabulary.unique(pointer, items) };';
  return ascii(`(function (exports, require) {${vocabulary}\n${code}\n})`);
};
