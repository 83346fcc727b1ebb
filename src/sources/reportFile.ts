import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { InputError } from '../model/inputError.ts';
import type { Report } from '../model/report.ts';
import { systemFault } from '../model/systemFault.ts';
import { claimsBundle } from './bundleFile.ts';
import { readRegular } from './readRegular.ts';
import { unpacked } from './unpacked.ts';

/** What `check --format json` wrote of an audit. */
export type SavedReport = Omit<Report, 'apparmor' | 'domains'>;

const schemaFile = join(import.meta.dirname, '..', '..', 'docs', 'report.schema.json');

/**
 * A JSON file, whatever it holds.
 *
 * @param takes what the argument takes that named it, for messages
 * @throws InputError when it can't be read or is no JSON
 */
export const jsonFile = (path: string, takes: string): unknown => {
  try {
    return JSON.parse(unpacked(readRegular(path)));
  } catch (error) {
    const why = error instanceof SyntaxError ? `no JSON: ${error.message}` : systemFault(error);
    throw new InputError(`${path}: ${why}; ${takes}`);
  }
};

/** @throws InputError when `value` is not as docs/report.schema.json says */
export const savedReport = (value: unknown, path: string): SavedReport => {
  const ajv = new Ajv2020({ strict: false, formats: { 'date-time': true } });
  const validate = ajv.compile(JSON.parse(readFileSync(schemaFile, 'utf8')) as object);
  if (validate(value)) return value as SavedReport;
  if (claimsBundle(value)) {
    throw new InputError(
      `${path}: a bundle, and a report is wanted: virt-audit check --from ${path} --format json=FILE`,
    );
  }
  const [error] = validate.errors ?? [];
  throw new InputError(
    `${path}: no report of check --format json: ${error?.instancePath || 'the document'} ${error?.message}`,
  );
};
