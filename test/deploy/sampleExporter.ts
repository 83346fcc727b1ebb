import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { mainModule } from '../real/virtAudit.ts';

const sample = fileURLToPath(new URL('../hosts/sample/', import.meta.url));

/** A running `virt-audit serve`. */
export interface SampleExporter extends AsyncDisposable {
  /** As `host:port`. */
  readonly address: string;
}

/**
 * Serves the sample host.
 *
 * @param domains folder of domain files, instead of the sample host's own
 */
export const startSampleExporter = async (
  args: readonly string[] = [],
  domains: string = join(sample, 'domains'),
): Promise<SampleExporter> => {
  const evidence = ['--domains', domains, '--root', join(sample, 'root')];
  const flags = ['serve', '--web.listen-address', '127.0.0.1:0', '--audit.min-interval', '1', ...evidence, ...args];
  const child = spawn(process.execPath, [mainModule, ...flags], { stdio: ['ignore', 'ignore', 'pipe'] });
  const closed = once(child, 'close');
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await closed;
  };
  const said: string[] = [];
  for await (const line of createInterface(child.stderr)) {
    said.push(line);
    const address = /(127\.0\.0\.1:\d+)/.exec(line)?.[1];
    if (address === undefined) continue;
    child.stderr.resume();
    return { address, [Symbol.asyncDispose]: stop };
  }
  await stop();
  throw new Error(`the exporter ended: ${said.join('\n')}`);
};
