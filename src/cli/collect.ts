import { gzipSync } from 'node:zlib';
import { createAuditor } from '../auditor/auditor.ts';
import { exitCode } from '../model/exitCode.ts';
import { InputError } from '../model/inputError.ts';
import { printable } from '../reporters/printable.ts';
import { auditSpec } from './auditOptions.ts';
import type { CollectOptions } from './collectOptions.ts';
import { endWithSignal } from './endWithSignal.ts';
import { probing } from './probeOption.ts';
import { replaceable, replaceFile, writeFault } from './replaceFile.ts';

/** Readable by its owner alone, and whole or not there at all. */
const write = (path: string, text: string): void => {
  const place = replaceable(path, '--output');
  try {
    replaceFile(place, path.endsWith('.gz') ? gzipSync(text) : text, 0o600);
  } catch (error) {
    throw new InputError(`--output: can't write ${path}: ${writeFault(error)}`);
  }
};

/**
 * `virt-audit collect -o FILE`: saves the evidence. Exits with 3 when some of it could not be read; what was read is saved.
 *
 * @throws InputError
 */
export const collect = async (options: CollectOptions): Promise<void> => {
  // Before anything is asked of the host: an audit that can't be saved is not worth its time.
  replaceable(options.output, '--output');
  const auditor = createAuditor();
  const release = endWithSignal(auditor);
  try {
    const plain = auditSpec(options, options.timeout * 0.6);
    const spec = {
      ...plain,
      ...probing(options, plain),
      ...(options.domcapabilities === undefined ? {} : { domcapabilities: true }),
    };
    if (spec.domcapabilities && spec.connect === undefined) {
      throw new InputError('--domcapabilities asks a daemon: leave out --domains and --root, or name one by --connect');
    }
    const result = await auditor.run({ spec, renderings: [], collect: true }, options.timeout);
    if (result.kind === 'input') throw new InputError(result.message);
    if (result.kind !== 'collected') throw new Error(`nothing was collected: ${JSON.stringify(result)}`);
    write(options.output, result.bundle);
    for (const { name, ok, reason = '' } of result.sources) {
      if (ok) continue;
      process.stderr.write(`virt-audit: source ${name}: ${printable(reason)}\n`);
      process.exitCode = exitCode.incomplete;
    }
  } finally {
    auditor.stop();
    release();
  }
};
