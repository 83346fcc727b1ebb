import type { Bundle } from '../model/bundle.ts';
import { InputError } from '../model/inputError.ts';
import { systemFault } from '../model/systemFault.ts';
import { isDocument, isSource, isTime } from './bundleShape.ts';
import { readRegular } from './readRegular.ts';
import { unpacked } from './unpacked.ts';

/** Whether a value claims to be a bundle, of whatever version. */
export const claimsBundle = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && (value as { format?: unknown }).format === 'virt-audit-bundle';

/** @throws InputError when `value` is no bundle that this program can read */
export const bundleOf = (value: unknown, path: string): Bundle => {
  if (!claimsBundle(value)) throw new InputError(`${path}: no bundle; virt-audit collect -o FILE makes one`);
  const { version, time, documents, sources } = value as Record<string, unknown>;
  if (version !== 1) {
    throw new InputError(
      `${path}: a bundle of version ${JSON.stringify(version)}, and this program reads 1; use a newer one`,
    );
  }
  if (!isTime(time)) {
    throw new InputError(
      `${path}: time: ${JSON.stringify(time)} is no time as collect writes it; collect the bundle again`,
    );
  }
  if (!Array.isArray(documents) || !Array.isArray(sources))
    throw new InputError(`${path}: a bundle without documents or sources`);
  const wrong = documents.findIndex((document) => !isDocument(document));
  if (wrong !== -1)
    throw new InputError(`${path}: documents.${wrong}: not as a document of a bundle is; collect it again`);
  const odd = sources.findIndex((source) => !isSource(source));
  if (odd !== -1) throw new InputError(`${path}: sources.${odd}: not as a bundle has them; collect it again`);
  return value as Bundle;
};

/**
 * A saved bundle, packed by gzip or not.
 *
 * @throws InputError
 */
export const bundleFile = (path: string): Bundle => {
  let value: unknown;
  try {
    value = JSON.parse(unpacked(readRegular(path)));
  } catch (error) {
    const why = error instanceof SyntaxError ? `no JSON: ${error.message}` : systemFault(error);
    throw new InputError(`${path}: ${why}; --from takes what virt-audit collect -o FILE wrote`);
  }
  return bundleOf(value, path);
};
