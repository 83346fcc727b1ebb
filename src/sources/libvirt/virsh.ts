import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { type Source, SourceError } from '../collect.ts';
import { readOnlyUris } from './readOnlyUri.ts';

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

/** The daemon's version and capabilities, which the binding can't ask for. A process of its own can be ended when it hangs. */
export const virsh =
  (uri: string, milliseconds: number): Source =>
  async (emit) => {
    const reasons: string[] = [];
    for (const readOnly of readOnlyUris(uri, existsSync)) {
      try {
        const output = await run(readOnly, milliseconds);
        const split = output.indexOf('<capabilities>');
        emit({ kind: 'version', origin: uri, text: output.slice(0, split === -1 ? undefined : split) });
        if (split !== -1) emit({ kind: 'capabilities', origin: uri, text: output.slice(split).trim() });
        return;
      } catch (error) {
        if (!(error instanceof SourceError)) throw error;
        reasons.push(error.message);
      }
    }
    throw new SourceError(reasons.join('; '));
  };
