import type { MacroKeywordDefinition } from 'ajv';
import { expand } from './expand.ts';

/** `lacks: [POINTER, …]`: nothing exists at any of the pointers. */
export const lacks: MacroKeywordDefinition = {
  keyword: 'lacks',
  type: 'object',
  schemaType: 'array',
  macro: (pointers: string[]) => ({ allOf: pointers.map((pointer) => ({ not: expand(pointer, {}, true) })) }),
};
