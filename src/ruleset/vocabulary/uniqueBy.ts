import { _, type CodeKeywordDefinition } from 'ajv';
import { unique } from './repeats.ts';

/**
 * `uniqueBy: POINTER`: no two items of the list share the value at this pointer.
 * Code that is generated when the program is built finds the check as `vocabulary.unique` (catalogueCode.ts).
 */
export const uniqueBy: CodeKeywordDefinition = {
  keyword: 'uniqueBy',
  type: 'array',
  schemaType: 'string',
  error: { message: 'must be unique' },
  code(context) {
    const { gen, data, schema } = context;
    const check = gen.scopeValue('func', { ref: unique, code: _`vocabulary.unique` });
    context.pass(_`${check}(${schema}, ${data})`);
  },
};
