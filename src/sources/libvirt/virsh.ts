import { existsSync } from 'node:fs';
import type { LibvirtDocument } from '../../model/document.ts';
import { type Source, SourceError } from '../collect.ts';
import { noAnswer } from './noAnswer.ts';
import { readOnlyUris } from './readOnlyUri.ts';
import { runVirsh } from './runVirsh.ts';
import type { LibvirtSession } from './session.ts';

/** @param whole how long the daemon has been waited for by then, in milliseconds: `timeout` may be the last one of it */
const run = async (uri: string, timeout: number, whole: number): Promise<string> => {
  const result = await runVirsh(['--readonly', '--connect', uri, 'version --daemon; capabilities'], timeout);
  switch (result.kind) {
    case 'done':
      return result.output;
    case 'missing':
      throw new SourceError(
        'virsh is not installed, and only it tells the daemon’s version and security driver; apt install libvirt-clients',
      );
    case 'late':
      throw new SourceError(noAnswer(uri, whole));
    case 'failed':
      throw new SourceError(`virsh: ${result.errors.split('\n').at(-1)}`);
  }
};

const documentsIn = (uri: string, output: string): LibvirtDocument[] => {
  const split = output.indexOf('<capabilities>');
  const version = { kind: 'version' as const, origin: uri, text: output.slice(0, split === -1 ? undefined : split) };
  return split === -1 ? [version] : [version, { kind: 'capabilities', origin: uri, text: output.slice(split).trim() }];
};

/**
 * The daemon's version and capabilities, which the binding can't ask for.
 *
 * @param session remembers what the daemon said for as long as it is the same daemon
 */
export const virsh =
  (uri: string, milliseconds: number, session?: LibvirtSession): Source =>
  async (emit) => {
    const began = performance.now();
    const known = await session?.word(uri);
    if (known !== undefined) {
      for (const document of known) emit(document);
      return;
    }
    // The time that was spent waiting for the connection of before is not given twice.
    const left = Math.ceil(milliseconds - (performance.now() - began));
    if (left <= 0) throw new SourceError(noAnswer(uri, milliseconds));
    const reasons: string[] = [];
    for (const readOnly of readOnlyUris(uri, existsSync)) {
      try {
        const documents = documentsIn(uri, await run(readOnly, left, milliseconds));
        session?.keepWord(uri, documents);
        for (const document of documents) emit(document);
        return;
      } catch (error) {
        if (!(error instanceof SourceError)) throw error;
        reasons.push(error.message);
      }
    }
    throw new SourceError(reasons.join('; '));
  };
