import type { AnySchemaObject } from 'ajv';
import standaloneCode from 'ajv/dist/standalone/index.js';
import type { JsonObject } from '../model/json.ts';
import type { Rule } from '../model/rule.ts';
import { clauseName } from './clauseName.ts';
import { createAjv } from './compileRule.ts';
import { implyTypes } from './implyTypes.ts';

/**
 * The validators of all rules as the text of a CommonJS module that exports a function: given `vocabulary`, it returns
 * them by `clauseName`.
 */
export const catalogueCode = (rules: readonly Rule[]): string => {
  const ajv = createAjv({ source: true });
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
  const code = standaloneCode.default(ajv, names);
  return `module.exports = (vocabulary) => {\nconst exports = {};\n${code}\nreturn exports;\n};\n`;
};
