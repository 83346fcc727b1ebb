import type { AnySchemaObject, ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Clause, CompiledRule } from '../model/clause.ts';
import { InputError } from '../model/inputError.ts';
import type { JsonObject } from '../model/json.ts';
import type { Rule } from '../model/rule.ts';
import { clauseOf, type Validate } from './clauseOf.ts';
import { implyTypes } from './implyTypes.ts';
import { ruleInfo } from './ruleInfo.ts';
import { has } from './vocabulary/has.ts';
import { lacks } from './vocabulary/lacks.ts';
import { mayHave } from './vocabulary/mayHave.ts';
import { uniqueBy } from './vocabulary/uniqueBy.ts';

/** ajv as rules are compiled by; `source` keeps the code of validators, so that it can be written down. */
export const createAjv = ({ source = false }: { source?: boolean } = {}): Ajv2020 => {
  const ajv = new Ajv2020({
    strict: true,
    // `implyTypes` demands more than these two do, and demands it when a rule runs.
    strictTypes: false,
    strictRequired: false,
    allErrors: true,
    // `/constructor` is not there just because every object inherits one.
    ownProperties: true,
    verbose: true,
    // Nobody reads them: `explain` words what failed.
    messages: false,
    $data: true,
    code: { source },
  });
  ajv.addVocabulary([has, mayHave, lacks, uniqueBy]);
  return ajv;
};

/** @throws InputError for what neither the schema of rule files nor the loader minds, and ajv does */
const compileSchema = (ajv: Ajv2020, schema: JsonObject, file: string): ValidateFunction => {
  try {
    return ajv.compile(implyTypes(schema) as AnySchemaObject);
  } catch (error) {
    throw new InputError(`${file}:1: ${(error as Error).message}`);
  }
};

const compileClause = (ajv: Ajv2020, schema: JsonObject, file: string): Clause =>
  clauseOf(schema, compileSchema(ajv, schema, file) as Validate);

/** Compiles rules to validators; one compiler shares its ajv among all the rules given to it. @throws InputError */
export const createCompiler = (): ((rule: Rule) => CompiledRule) => {
  const ajv = createAjv();
  return (rule) => ({
    info: ruleInfo(rule),
    ...(rule.when === undefined ? {} : { when: compileClause(ajv, rule.when, rule.file) }),
    assert: compileClause(ajv, rule.assert, rule.file),
  });
};
