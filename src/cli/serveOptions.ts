import { type Command, Option } from 'commander';
import { type AuditOptions, auditOptions } from './auditOptions.ts';
import { count, duration, repeatable } from './option.ts';

export interface ServeOptions extends AuditOptions {
  'web.listenAddress': string[];
  'web.telemetryPath': string;
  'audit.minInterval': number;
  'metrics.maxFindingSeries': number;
}

/** The command line of `virt-audit serve`; the web flags are named as in Prometheus' exporter-toolkit. */
export const serveOptions = (command: Command): Command =>
  auditOptions(command)
    .description('Serve the findings as Prometheus metrics; a scrape starts an audit when the last is old enough.')
    .option(
      '--web.listen-address <address>',
      'HOST:PORT to listen on (repeatable; default: 127.0.0.1:19177)',
      repeatable,
      [],
    )
    .option('--web.telemetry-path <path>', 'path of the metrics', '/metrics')
    .addOption(
      new Option('--audit.min-interval <seconds>', 'audit again at most this often')
        .argParser(duration)
        .default(30_000, '30'),
    )
    .option('--metrics.max-finding-series <count>', 'most series of virt_audit_domain_findings', count, 5000);
