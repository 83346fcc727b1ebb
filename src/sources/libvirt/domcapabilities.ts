import { spawn } from 'node:child_process';
import { type Source, SourceError } from '../collect.ts';

/** One emulator to ask of; virsh(1), `domcapabilities`. */
export interface DomcapabilitiesQuery {
  virttype: string;
  arch: string;
  machine: string;
}

const plain = /^[\w.-]+$/;

const commands = (queries: readonly DomcapabilitiesQuery[]): string =>
  queries
    // They come from libvirt's own answers, and still nothing but a name may get onto virsh's input.
    .filter((query) => Object.values(query).every((value) => plain.test(value)))
    .map(
      ({ virttype, arch, machine }) => `domcapabilities --virttype ${virttype} --arch ${arch} --machine ${machine}\n`,
    )
    .join('');

const run = (uri: string, input: string, timeout: number): Promise<{ output: string; errors: string }> =>
  new Promise((resolve, reject) => {
    const child = spawn('virsh', ['--quiet', '--connect', uri], { env: { ...process.env, LC_ALL: 'C' } });
    const said = { output: '', errors: '' };
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new SourceError(`virsh did not answer within ${timeout / 1000} s`));
    }, timeout);
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said.output += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said.errors += text;
    });
    child.on('error', ({ code, message }: NodeJS.ErrnoException) => {
      clearTimeout(timer);
      reject(new SourceError(code === 'ENOENT' ? 'virsh is not installed; apt install libvirt-clients' : message));
    });
    child.on('close', () => {
      clearTimeout(timer);
      resolve(said);
    });
    // What it does not read because it has ended is told by its exit.
    child.stdin.on('error', () => {});
    child.stdin.end(input);
  });

/**
 * What emulators offer domains, over a connection that may write, since libvirt tells no other client
 * (CVE-2019-10167). One virsh asks all, and goes on after a question that fails.
 *
 * @param queries are made once the capabilities that they come from have been read
 */
export const domcapabilities =
  (uri: string, milliseconds: number, queries: () => Promise<readonly DomcapabilitiesQuery[]>): Source =>
  async (emit, wait) => {
    const input = commands(await wait(queries()));
    if (input === '') throw new SourceError(`${uri}: without capabilities there is nothing to ask domcapabilities of`);
    const { output, errors } = await run(uri, input, milliseconds);
    // What virsh prints between them is its own.
    for (const text of output.match(/<domainCapabilities>[\s\S]*?<\/domainCapabilities>/g) ?? []) {
      emit({ kind: 'domcapabilities', origin: uri, text });
    }
    const last = errors.trim().split('\n').at(-1) ?? '';
    if (last !== '') throw new SourceError(`virsh domcapabilities: ${last}`);
  };
