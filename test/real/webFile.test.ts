/** What of the web configuration file only the whole program can show: that a reload reaches all of it. */
import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { certificateAuthority } from '../cli/serve/certificateAuthority.ts';
import { get } from '../exporter/startDoorway.ts';
import { outputOf } from './outputOf.ts';
import { startExporter } from './startExporter.ts';
import { temporaryFolder } from './temporaryFolder.ts';

test('SIGHUP changes who is let in, by which suites, and how often; a wrong file changes nothing', async () => {
  await using authority = await certificateAuthority();
  const server = await authority.issue('server');
  const { cert, key } = await authority.issue('prometheus', 1, { names: 'DNS:prometheus.example' });
  const web = join(authority.path, 'web.yml');
  const write = (name: string, more = ''): Promise<void> =>
    writeFile(
      web,
      `tls_server_config:
  cert_file: ${server.certFile}
  key_file: ${server.keyFile}
  client_ca_file: ${authority.file}
  client_auth_type: RequireAndVerifyClientCert
  client_allowed_sans: [${name}]
${more}`,
    );
  const domain = join(authority.path, 'a.xml');
  await writeFile(domain, "<domain type='kvm'><name>a</name></domain>");
  await write('nobody.example');
  await using exporter = await startExporter(['--domains', domain, '--web.config.file', web, '--log.format', 'logfmt']);
  const port = Number(exporter.address.split(':').at(-1));
  const ask = async (more: object = {}): Promise<number | undefined | 'refused'> => {
    try {
      return (await get({ port, path: '/-/healthy', ca: authority.ca, cert, key, ...more })).status;
    } catch {
      return 'refused';
    }
  };
  const reload = async (says: RegExp): Promise<void> => {
    const since = exporter.log.length;
    exporter.process.kill('SIGHUP');
    await exporter.logged(says, since);
  };
  const aes128 = { maxVersion: 'TLSv1.2', ciphers: 'ECDHE-ECDSA-AES128-GCM-SHA256' };
  assert.equal(await ask(), 'refused');

  await write('prometheus.example');
  await reload(/msg="reloaded rules and settings"/);
  assert.deepEqual([await ask(), await ask(aes128)], [200, 200]);

  await write('nobody.example', '  cipher_suites: [AES128]\n');
  await reload(/reload failed.*web\.yml:7: tls_server_config\.cipher_suites\.0: .*AES128.* is not known/);
  assert.equal(await ask(), 200);

  await write(
    'prometheus.example',
    '  cipher_suites: [TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384]\nrate_limit: { interval: 1h, burst: 2 }\n',
  );
  await reload(/msg="reloaded rules and settings"/);
  assert.deepEqual([await ask(aes128), await ask(), await ask(), await ask()], ['refused', 200, 200, 429]);

  await write('nobody.example');
  await reload(/msg="reloaded rules and settings" tls=true users=0/);
  assert.equal(await ask(), 'refused');

  // As a full disk leaves it, and as what can't be read to its end.
  await writeFile(web, '');
  await reload(/reload failed.*web\.yml:1: is empty/);
  assert.equal(await ask(), 'refused');
  await rm(web);
  await outputOf('mkfifo', [web]);
  await reload(/reload failed.*web\.yml is a pipe/);
  assert.equal(await ask(), 'refused');
});

test('who reads the log may go, and the exporter stays', async () => {
  await using folder = await temporaryFolder();
  const domain = join(folder.path, 'a.xml');
  await writeFile(domain, "<domain type='kvm'><name>a</name></domain>");
  await using exporter = await startExporter(['--domains', domain, '--audit.min-interval', '100ms']);
  await exporter.ready();
  exporter.process.stderr.destroy();
  const reloads = 'virt_audit_config_last_reload_success_timestamp_seconds';
  for (let times = 0; times < 3; times++) {
    const before = (await exporter.series()).get(reloads) ?? Number.NaN;
    exporter.process.kill('SIGHUP');
    await exporter.waitFor('it is reloaded', (series) => (series.get(reloads) ?? 0) > before);
  }
  assert.equal((await exporter.stop()).code, 0);
});
