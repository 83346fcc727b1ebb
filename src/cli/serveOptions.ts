import { type Command, Option } from 'commander';
import { type LogLevel, logLevels } from '../model/log.ts';
import { type AuditOptions, auditOptions } from './auditOptions.ts';
import { type LogFormat, logFormats } from './log.ts';
import { count, duration, repeatable } from './option.ts';

export interface ServeOptions extends AuditOptions {
  'web.listenAddress': string[];
  'web.systemdSocket': boolean;
  'web.telemetryPath': string;
  'web.config.file'?: string;
  'web.disableExporterMetrics': boolean;
  'audit.minInterval': number;
  'audit.timeout': number;
  'metrics.findings': 'domain' | 'none';
  'metrics.maxFindingSeries': number;
  'log.level': LogLevel;
  'log.format': LogFormat;
}

/** The command line of `virt-audit serve`; the web and log flags are named as in Prometheus' exporters. */
export const serveOptions = (command: Command): Command =>
  auditOptions(command)
    .description('Serve the findings as Prometheus metrics; a scrape starts an audit when the last is old enough.')
    .option(
      '--web.listen-address <address>',
      'HOST:PORT to listen on (repeatable; default: 127.0.0.1:19177)',
      repeatable,
      [],
    )
    .option('--web.systemd-socket', 'listen on what systemd passes, by a .socket unit, instead', false)
    .option('--web.telemetry-path <path>', 'path of the metrics', '/metrics')
    .option('--web.config.file <file>', 'TLS, basic authentication and a rate limit, in the format of exporter-toolkit')
    .option('--web.disable-exporter-metrics', 'leave out process_* and nodejs_*', false)
    .addOption(
      new Option('--audit.min-interval <duration>', 'audit again at most this often, in seconds or with ms, s or m')
        .argParser(duration)
        .default(30_000, '30'),
    )
    .addOption(
      new Option(
        '--audit.timeout <duration>',
        'end an audit after this time, written the same; libvirt is waited for 0.4 of it',
      )
        .argParser(duration)
        .default(20_000, '20'),
    )
    .addOption(
      new Option('--metrics.findings <what>', 'series for each domain and failing rule, or only counts')
        .choices(['domain', 'none'])
        .default('domain'),
    )
    .option('--metrics.max-finding-series <count>', 'most series of virt_audit_domain_findings', count, 5000)
    .addOption(new Option('--log.level <level>', 'the least that is logged').choices([...logLevels]).default('info'))
    .addOption(
      new Option('--log.format <format>', 'how lines on standard error look')
        .choices([...logFormats])
        .default('logfmt'),
    )
    .addHelpText(
      'after',
      `
SIGHUP reloads the rules, --config and --web.config.file; if one of them is wrong, all stays as it was.`,
    );
