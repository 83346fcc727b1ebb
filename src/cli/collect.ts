import { gzipSync } from 'node:zlib';
import { AuditorError, createAuditor } from '../auditor/auditor.ts';
import { unexpected } from '../auditor/unexpected.ts';
import { exitCode } from '../model/exitCode.ts';
import { InputError } from '../model/inputError.ts';
import { failedSources } from '../model/source.ts';
import { printable } from '../reporters/printable.ts';
import { auditSpec } from './auditOptions.ts';
import type { CollectOptions } from './collectOptions.ts';
import { endWithSignal } from './endWithSignal.ts';
import { libvirtShare } from './libvirtShare.ts';
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
 * `virt-audit collect -o FILE`: saves the evidence. Exits with 3 when some of it could not be read: what was read is saved,
 * unless it did not come to an end in time.
 *
 * @throws InputError
 */
export const collect = async (options: CollectOptions): Promise<void> => {
  // Before anything is asked of the host: an audit that can't be saved is not worth its time.
  replaceable(options.output, '--output');
  const auditor = createAuditor();
  const release = endWithSignal(auditor);
  try {
    const plain = auditSpec(options, options.timeout * libvirtShare);
    const spec = {
      ...plain,
      ...probing(options, plain),
      ...(options.domcapabilities === undefined ? {} : { domcapabilities: true }),
    };
    if (spec.domcapabilities && spec.connect === undefined) {
      throw new InputError('--domcapabilities asks a daemon: leave out --domains and --root, or name one by --connect');
    }
    const result = await auditor.run({ spec, renderings: [], collect: true }, options.timeout);
    if (result.kind !== 'collected') throw unexpected(result);
    write(options.output, result.bundle);
    for (const { names, reason } of failedSources(result.sources)) {
      process.stderr.write(
        `virt-audit: source${names.length === 1 ? '' : 's'} ${names.join(' and ')}: ${printable(reason)}\n`,
      );
      process.exitCode = exitCode.incomplete;
    }
  } catch (error) {
    if (!(error instanceof AuditorError)) throw error;
    process.stderr.write(`virt-audit: nothing was saved: ${printable(error.message)}\n`);
    process.exitCode = exitCode.incomplete;
  } finally {
    auditor.stop();
    release();
  }
};
