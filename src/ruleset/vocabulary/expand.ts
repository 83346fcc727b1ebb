import type { AnySchemaObject } from 'ajv';
import { pointerTokens } from '../../model/pointer.ts';

/** `schema` applied to the value at `pointer`, as plain JSON Schema; with `required`, the value must exist. */
export const expand = (pointer: string, schema: AnySchemaObject, required: boolean): AnySchemaObject =>
  pointerTokens(pointer).reduceRight<AnySchemaObject>(
    (inner, token) =>
      required
        ? { type: 'object', required: [token], properties: { [token]: inner } }
        : { properties: { [token]: inner } },
    schema,
  );
