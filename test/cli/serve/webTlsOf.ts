import { parseWebFile } from '../../../src/cli/serve/webFile.ts';
import { createWebTls } from '../../../src/cli/serve/webTls.ts';
import type { WebTls } from '../../../src/exporter/webConfig.ts';
import type { Log } from '../../../src/model/log.ts';
import type { Certificate } from './certificateAuthority.ts';

const silent: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** TLS by a web configuration file with this certificate and these other lines of `tls_server_config`. */
export const webTlsOf = ({ certFile, keyFile }: Certificate, lines: readonly string[]): WebTls => {
  const written = [`cert_file: ${certFile}`, `key_file: ${keyFile}`, ...lines];
  const text = `tls_server_config:\n${written.map((line) => `  ${line}\n`).join('')}`;
  const { tls } = parseWebFile('/web.yml', text);
  if (tls === undefined) throw new Error('no tls_server_config');
  return createWebTls(tls, silent, () => new Date());
};
