import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Command, CommanderError } from 'commander';
import { type CheckOptions, checkOptions } from '../../src/cli/checkOptions.ts';
import { type ServeOptions, serveOptions } from '../../src/cli/serveOptions.ts';

const parse = (build: (command: Command) => Command, argv: readonly string[]) =>
  build(new Command('virt-audit').exitOverride().configureOutput({ writeErr: () => {} }))
    .parse(argv, { from: 'user' })
    .opts();

const check = (...argv: string[]) => parse(checkOptions, argv) as CheckOptions;
const serve = (...argv: string[]) => parse(serveOptions, argv) as ServeOptions;

const audit = { domains: [], root: '/', rules: [], tag: [], rule: [], skip: [] };

describe('check', () => {
  test('without options', () =>
    assert.deepEqual(check(), {
      ...audit,
      format: [],
      target: [],
      failOn: 'high',
      minSeverity: 'info',
      timeout: 60_000,
      color: 'auto',
    }));
  test('with all of them', () => {
    const argv =
      '-c test:///default --domains a --domains b --root /mnt --rules r --tag t --tag u --rule x --skip y --profile openstack --config c.yaml ' +
      '--format text --format json=r.json --fail-on never --min-severity low --timeout 5s --color never --target a --target b --target-qemu 10.1';
    assert.deepEqual(check(...argv.split(' ')), {
      connect: 'test:///default',
      domains: ['a', 'b'],
      root: '/mnt',
      rules: ['r'],
      tag: ['t', 'u'],
      rule: ['x'],
      skip: ['y'],
      profile: 'openstack',
      config: 'c.yaml',
      format: ['text', 'json=r.json'],
      target: ['a', 'b'],
      targetQemu: '10.1',
      failOn: 'never',
      minSeverity: 'low',
      timeout: 5000,
      color: 'never',
    });
  });
});

describe('serve', () => {
  const web = {
    'web.listenAddress': [],
    'web.telemetryPath': '/metrics',
    'web.disableExporterMetrics': false,
    'web.systemdSocket': false,
    'audit.minInterval': 30_000,
    'audit.timeout': 20_000,
    'metrics.findings': 'domain',
    'metrics.maxFindingSeries': 5000,
    'log.level': 'info',
    'log.format': 'logfmt',
  };
  test('without options', () => assert.deepEqual(serve(), { ...audit, ...web }));
  test('with those of its own', () => {
    const argv =
      '--web.listen-address :1 --web.listen-address [::1]:2 --web.systemd-socket --web.telemetry-path /t --web.config.file w.yml --web.disable-exporter-metrics ' +
      '--audit.min-interval 1m --audit.timeout 5 --metrics.findings none --metrics.max-finding-series 0 --log.level debug --log.format json';
    assert.deepEqual(serve(...argv.split(' ')), {
      ...audit,
      'web.listenAddress': [':1', '[::1]:2'],
      'web.systemdSocket': true,
      'web.telemetryPath': '/t',
      'web.config.file': 'w.yml',
      'web.disableExporterMetrics': true,
      'audit.minInterval': 60_000,
      'audit.timeout': 5000,
      'metrics.findings': 'none',
      'metrics.maxFindingSeries': 0,
      'log.level': 'debug',
      'log.format': 'json',
    });
  });
});

describe('what is refused', () => {
  const lines = [
    '--fail-on urgent',
    '--min-severity never',
    '--timeout 0',
    '--timeout',
    '--target-qemu newest',
    '--unknown',
    '--format',
    'file.xml',
  ];
  for (const line of lines) {
    test(line, () => assert.throws(() => check(...line.split(' ')), CommanderError));
  }
});
