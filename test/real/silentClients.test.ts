/** A real Prometheus scrapes while others hold every connection that there may be. */
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { defaultLimits } from '../../src/exporter/limits.ts';
import { startPrometheus } from './prometheus.ts';
import { realTest } from './realTest.ts';
import { startExporter } from './startExporter.ts';
import { temporaryFolder } from './temporaryFolder.ts';

/** Keeps so many connections open that say nothing; one that is closed is opened again. */
const holdSilently = (address: string, count: number): Disposable => {
  const [host = '', port] = address.split(':');
  const open = new Set<ReturnType<typeof connect>>();
  let ended = false;
  const hold = (): void => {
    if (ended) return;
    const socket = connect({ host, port: Number(port) });
    open.add(socket);
    socket.on('error', () => {});
    socket.once('close', () => {
      open.delete(socket);
      setTimeout(hold, 100).unref();
    });
  };
  for (let index = 0; index < count; index += 1) hold();
  return {
    [Symbol.dispose]: () => {
      ended = true;
      for (const socket of open) socket.destroy();
    },
  };
};

realTest('Prometheus misses no scrape while silent clients hold all connections', ['prometheus'], async () => {
  await using folder = await temporaryFolder();
  const domain = join(folder.path, 'a.xml');
  await writeFile(domain, "<domain type='kvm'><name>a</name></domain>");
  await using exporter = await startExporter(['--domains', domain, '--log.format', 'logfmt']);
  await exporter.ready();
  using _silent = holdSilently(exporter.address, defaultLimits.connections + 100);
  await exporter.logged(/as many connections are open as may be/);
  // Only now, so that its connection is none that was there before theirs.
  await using prometheus = await startPrometheus({
    targets: [exporter.address],
    scrape: { scrape_interval: '5s', scrape_timeout: '5s' },
  });
  await prometheus.waitFor('count_over_time(up[1m])', ([samples]) => (samples?.value ?? 0) >= 4);
  assert.equal((await prometheus.query('min_over_time(up[1m])'))[0]?.value, 1);
});
