import type { ErrorObject } from 'ajv';
import { pointerTokens, toPointer } from '../../model/pointer.ts';

/** `/assert/has/~1domain` as a person writes it: `assert.has./domain`. */
const place = (pointer: string): string => pointerTokens(pointer).join('.');

const list = (values: readonly unknown[]): string => values.map((value) => JSON.stringify(value)).join(', ');

const known = (error: ErrorObject): string =>
  Object.keys((error.parentSchema as { properties?: object }).properties ?? {}).join(', ');

/** What a schema error of a YAML file says to the one who wrote it: what is wrong and what was expected. */
export const wording = (error: ErrorObject): string => {
  const where = place(error.instancePath);
  const at = where === '' ? '' : `${where}: `;
  switch (error.keyword) {
    case 'additionalProperties':
      return `${at}unknown key "${error.params.additionalProperty}", expected one of ${known(error)}`;
    case 'required':
      return `${at}key "${error.params.missingProperty}" is missing`;
    case 'enum':
      return `${at}${JSON.stringify(error.data)} is not known, expected one of ${list(error.params.allowedValues)}`;
    case 'type':
      return `${at}expected ${[error.params.type].flat().join(' or ')}, found ${JSON.stringify(error.data)}`;
    case 'pattern':
      return `${at}${JSON.stringify(error.data)} does not have the form ${error.params.pattern}`;
    case 'const':
      return `${at}expected ${JSON.stringify(error.params.allowedValue)}, found ${JSON.stringify(error.data)}; leave it out instead`;
    case 'minProperties':
    case 'minItems':
      return `${at}is empty`;
    case 'minLength':
      return error.params.limit === 1
        ? `${at}is empty`
        : `${at}expected at least ${error.params.limit} characters, found ${JSON.stringify(error.data)}`;
    case 'uniqueItems':
      return `${at}${JSON.stringify((error.data as unknown[])[error.params.i])} is there twice`;
    case 'dependentRequired':
      return `${at}"${error.params.property}" says nothing without "${error.params.missingProperty}"`;
    case 'anyOf':
      return `${at}"if" says nothing without "then" or "else"`;
    default:
      return `${at}${error.message ?? 'is wrong'}`;
  }
};

/** Schema errors that only repeat what others say. */
export const isNoise = (error: ErrorObject): boolean =>
  ['if', 'propertyNames', '$ref'].includes(error.keyword) || /\/anyOf\/\d/.test(error.schemaPath);

/** The place in the file that an error is about: an unknown or wrong key itself, not what holds it. */
export const placeOf = (error: ErrorObject): string => {
  const key = error.propertyName ?? error.params.additionalProperty;
  return typeof key === 'string' ? `${error.instancePath}${toPointer([key])}` : error.instancePath;
};
