import type { AnySchemaObject, ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Clause, CompiledRule } from '../../model/clause.ts';
import { InputError } from '../../model/inputError.ts';
import type { JsonObject } from '../../model/json.ts';
import type { Rule } from '../../model/rule.ts';
import { has } from '../vocabulary/has.ts';
import { lacks } from '../vocabulary/lacks.ts';
import { mayHave } from '../vocabulary/mayHave.ts';
import { uniqueBy } from '../vocabulary/uniqueBy.ts';
import { clauseOf, type Validate } from './clauseOf.ts';
import { implyTypes } from './implyTypes.ts';
import { ruleInfo } from './ruleInfo.ts';

/** How rules are compiled. */
export interface AjvOptions {
  /** Keeps the code of validators, so that it can be written down. */
  source?: boolean;
  /** Validators go on after the first thing that is wrong, and keep all that `explain` needs. */
  explaining: boolean;
}

/** ajv as rules are compiled by. */
export const createAjv = ({ source = false, explaining }: AjvOptions): Ajv2020 => {
  const ajv = new Ajv2020({
    strict: true,
    // `implyTypes` demands more than these two do, and demands it when a rule runs.
    strictTypes: false,
    strictRequired: false,
    allErrors: explaining,
    // `/constructor` is not there just because every object inherits one.
    ownProperties: true,
    verbose: explaining,
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

/** The two ajvs of one compiler. */
interface Ajvs {
  quick: Ajv2020;
  thorough: Ajv2020;
}

const compileClause = ({ quick, thorough }: Ajvs, schema: JsonObject, file: string): Clause => {
  let explaining: Validate | undefined;
  return clauseOf(schema, compileSchema(quick, schema, file) as Validate, () => {
    explaining ??= compileSchema(thorough, schema, file) as Validate;
    return explaining;
  });
};

/** Compiles rules to validators; one compiler shares its ajvs among all the rules given to it. @throws InputError */
export const createCompiler = (): ((rule: Rule) => CompiledRule) => {
  const ajvs = { quick: createAjv({ explaining: false }), thorough: createAjv({ explaining: true }) };
  return (rule) => ({
    info: ruleInfo(rule),
    ...(rule.when === undefined ? {} : { when: compileClause(ajvs, rule.when, rule.file) }),
    assert: compileClause(ajvs, rule.assert, rule.file),
  });
};
