import { existsSync } from 'node:fs';
import { type Source, SourceError } from '../collect.ts';
import { readWriteUris } from './readWriteUri.ts';
import { runVirsh } from './runVirsh.ts';

/** One emulator to ask of; virsh(1), `domcapabilities`. */
interface DomcapabilitiesQuery {
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

/** What virsh answered, from the first daemon that did, and what it complained of. */
const ask = async (uri: string, input: string, milliseconds: number): Promise<{ output: string; errors: string }> => {
  let errors = '';
  for (const readWrite of readWriteUris(uri, existsSync)) {
    const result = await runVirsh(['--quiet', '--connect', readWrite], milliseconds, input);
    switch (result.kind) {
      case 'done':
        return result;
      case 'missing':
        throw new SourceError(
          'virsh is not installed, and only it can ask domcapabilities; apt install libvirt-clients',
        );
      case 'late':
        throw new SourceError(`virsh domcapabilities did not answer within ${milliseconds / 1000} s`);
      case 'failed':
        errors = result.errors;
    }
  }
  return { output: '', errors };
};

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
    const { output, errors } = await ask(uri, input, milliseconds);
    // What virsh prints between them is its own.
    for (const text of output.match(/<domainCapabilities>[\s\S]*?<\/domainCapabilities>/g) ?? []) {
      emit({ kind: 'domcapabilities', origin: uri, text });
    }
    const last = errors.split('\n').at(-1) ?? '';
    if (last !== '') throw new SourceError(`virsh domcapabilities: ${last}`);
  };
