import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import type { LibvirtDocument } from '../../model/document.ts';
import { type Source, SourceError } from '../collect.ts';
import { readOnlyUris } from './readOnlyUri.ts';
import type { LibvirtSession } from './session.ts';

const run = (uri: string, timeout: number): Promise<string> =>
  new Promise((resolve, reject) => {
    const options = {
      timeout,
      killSignal: 'SIGKILL',
      maxBuffer: 64 << 20,
      env: { ...process.env, LC_ALL: 'C' },
    } as const;
    execFile(
      'virsh',
      ['--readonly', '--connect', uri, 'version --daemon; capabilities'],
      options,
      (error, out, err) => {
        if (error === null) resolve(out);
        else if ('code' in error && (error.code as unknown) === 'ENOENT') {
          reject(
            new SourceError(
              'virsh is not installed, and only it tells the daemon’s version and security driver; apt install libvirt-clients',
            ),
          );
        } else if (error.killed) reject(new SourceError(`virsh did not answer within ${timeout / 1000} s`));
        else reject(new SourceError(`virsh: ${err.trim().split('\n').at(-1) ?? error.message}`));
      },
    );
  });

const documentsIn = (uri: string, output: string): LibvirtDocument[] => {
  const split = output.indexOf('<capabilities>');
  const version = { kind: 'version' as const, origin: uri, text: output.slice(0, split === -1 ? undefined : split) };
  return split === -1 ? [version] : [version, { kind: 'capabilities', origin: uri, text: output.slice(split).trim() }];
};

/**
 * The daemon's version and capabilities, which the binding can't ask for. A process of its own can be ended when it hangs.
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
    const left = Math.max(Math.ceil(milliseconds - (performance.now() - began)), 1);
    const reasons: string[] = [];
    for (const readOnly of readOnlyUris(uri, existsSync)) {
      try {
        const documents = documentsIn(uri, await run(readOnly, left));
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
