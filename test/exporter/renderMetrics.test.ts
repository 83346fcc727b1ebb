import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { failedReport } from '../../src/auditor/failedReport.ts';
import { type MetricsOptions, renderMetrics } from '../../src/exporter/renderMetrics.ts';
import type { Finding } from '../../src/model/finding.ts';
import type { Report } from '../../src/model/report.ts';
import { emptyReport, findings, sampleReport } from '../reporters/sampleReport.ts';

/** The samples, without the text about them. */
const samples = async (report: Report, options: Partial<MetricsOptions> = {}): Promise<string[]> =>
  (await renderMetrics(report, { maxFindingSeries: 5000, ...options }))
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));

const of = async (name: string, report: Report, options?: Partial<MetricsOptions>): Promise<string[]> =>
  (await samples(report, options)).filter(
    (line) => line.startsWith(`virt_audit_${name}{`) || line.startsWith(`virt_audit_${name} `),
  );

const [, failing] = findings;
assert.ok(failing?.outcome === 'fail');

/** A failing finding of another domain or rule. */
const fails = (about: {
  name?: string;
  rule?: string;
  severity?: Finding['severity'];
  definition?: 'live' | 'config';
}): Finding => {
  const { name = 'web', ...rest } = about;
  return { ...failing, target: { ...failing.target, name }, ...rest };
};

const expected = `virt_audit_libvirt_up 1
virt_audit_collector_success{collector="libvirt"} 1
virt_audit_collector_success{collector="host"} 0
virt_audit_collector_duration_seconds{collector="libvirt"} 0.125
virt_audit_collector_duration_seconds{collector="host"} 0.01
virt_audit_audit_duration_seconds 0.25
virt_audit_audit_timestamp_seconds 1767323045.678
virt_audit_audit_complete 0
virt_audit_ruleset_info{profile="default",digest="0123456789ab"} 1
virt_audit_domains{state="running"} 1
virt_audit_domains{state="paused"} 0
virt_audit_domains{state="shutoff"} 0
virt_audit_domains{state="crashed"} 0
virt_audit_domains{state="other"} 0
virt_audit_domains_unaudited{reason="timeout"} 0
virt_audit_domains_unaudited{reason="denied"} 0
virt_audit_domains_unaudited{reason="parse"} 0
virt_audit_domains_unaudited{reason="error"} 0
virt_audit_domain_info{domain="web",uuid="5a1f1c3e-6f0e-4c55-9c9b-0d4c2f0a7a01"} 1
virt_audit_apparmor_enabled 1
virt_audit_apparmor_profiles{mode="enforce"} 2
virt_audit_apparmor_profiles{mode="complain"} 1
virt_audit_apparmor_profiles{mode="kill"} 0
virt_audit_apparmor_profiles{mode="unconfined"} 0
virt_audit_rule_info{rule="channel-target-named",severity="high",category="channels",scope="domain",title="Every virtio channel has a name"} 1
virt_audit_rule_info{rule="apparmor-daemon-profile-loaded",severity="low",category="apparmor",scope="host",title="The daemon's profile is loaded"} 1
virt_audit_results{result="pass"} 1
virt_audit_results{result="fail"} 1
virt_audit_results{result="error"} 1
virt_audit_results{result="notapplicable"} 0
virt_audit_results{result="waived"} 0
virt_audit_rule_targets{rule="channel-target-named",severity="high",result="pass"} 1
virt_audit_rule_targets{rule="channel-target-named",severity="high",result="fail"} 1
virt_audit_rule_targets{rule="channel-target-named",severity="high",result="error"} 0
virt_audit_rule_targets{rule="channel-target-named",severity="high",result="notapplicable"} 0
virt_audit_rule_targets{rule="channel-target-named",severity="high",result="waived"} 0
virt_audit_rule_targets{rule="apparmor-daemon-profile-loaded",severity="low",result="pass"} 0
virt_audit_rule_targets{rule="apparmor-daemon-profile-loaded",severity="low",result="fail"} 0
virt_audit_rule_targets{rule="apparmor-daemon-profile-loaded",severity="low",result="error"} 1
virt_audit_rule_targets{rule="apparmor-daemon-profile-loaded",severity="low",result="notapplicable"} 0
virt_audit_rule_targets{rule="apparmor-daemon-profile-loaded",severity="low",result="waived"} 0
virt_audit_findings{severity="critical",status="open"} 0
virt_audit_findings{severity="critical",status="waived"} 0
virt_audit_findings{severity="high",status="open"} 1
virt_audit_findings{severity="high",status="waived"} 0
virt_audit_findings{severity="medium",status="open"} 0
virt_audit_findings{severity="medium",status="waived"} 0
virt_audit_findings{severity="low",status="open"} 0
virt_audit_findings{severity="low",status="waived"} 0
virt_audit_findings{severity="info",status="open"} 0
virt_audit_findings{severity="info",status="waived"} 0
virt_audit_domain_findings{domain="web",rule="channel-target-named",severity="high",status="open"} 2
virt_audit_findings_series_dropped 0
virt_audit_waivers{state="active"} 0
virt_audit_waivers{state="unused"} 0
virt_audit_waivers{state="expired"} 0
virt_audit_waivers{state="unmatched"} 0
virt_audit_waivers{state="unjudged"} 0`;

describe('the exposition', () => {
  test('of a small report', async () => assert.deepEqual(await samples(sampleReport), expected.split('\n')));
  test('every metric has its help and type, and the text ends in a newline', async () => {
    const text = await renderMetrics(sampleReport, { maxFindingSeries: 5000 });
    const names = [...new Set(expected.split('\n').map((line) => line.split(/[{ ]/)[0]))];
    for (const name of names) {
      assert.match(text, new RegExp(`^# HELP ${name} .{10,}$`, 'm'));
      assert.match(text, new RegExp(`^# TYPE ${name} gauge$`, 'm'));
    }
    assert.ok(text.endsWith('\n'));
  });
  test('of a report of nothing is zero-filled where bounded', async () => {
    const lines = await samples(emptyReport);
    const bounded = lines.filter((line) => /_(domains|domains_unaudited|findings|waivers)\{/.test(line));
    assert.equal(bounded.length, 5 + 4 + 2 * 5 + 5);
    assert.ok(bounded.every((line) => line.endsWith(' 0')));
    assert.ok(lines.includes('virt_audit_audit_complete 1'));
  });
  test('what the kernel did not tell is absent', async () => {
    assert.deepEqual(
      (await samples(emptyReport)).filter((line) => line.includes('apparmor')),
      [],
    );
    assert.deepEqual(await of('apparmor_enabled', { ...emptyReport, apparmor: { enabled: false } }), [
      'virt_audit_apparmor_enabled 0',
    ]);
  });
  test('no loaded profile is lost, whatever its mode', async () => {
    const lines = await of('apparmor_profiles', {
      ...emptyReport,
      apparmor: { enabled: true, profiles: { enforce: 1, user: 3 } },
    });
    const total = lines.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
    assert.equal(total, 4);
  });
  test('two domains of one name are told apart, and one that two files describe is one', async () => {
    const uuids = ['a', 'b', 'a'];
    const domains = uuids.map((uuid) => ({ name: 'web', uuid }));
    assert.deepEqual(await of('domain_info', { ...emptyReport, domains }), [
      'virt_audit_domain_info{domain="web",uuid="a"} 1',
      'virt_audit_domain_info{domain="web",uuid="b"} 1',
    ]);
  });
  test('an audit that did not end was judged by nothing', async () =>
    assert.deepEqual(await of('ruleset_info', failedReport('too late', new Date(0), 20)), []));
  test('where domains come from files, no libvirt is up or down', async () => {
    const sources = [{ name: 'domains', ok: true, seconds: 0 }];
    assert.deepEqual(await of('libvirt_up', { ...emptyReport, sources }), []);
  });
  test('one audit leaves nothing to the next', async () => {
    await samples(sampleReport);
    assert.deepEqual(await of('domain_findings', emptyReport), []);
  });
});

test('when the last complete audit began: this one, or the one that is remembered', async () => {
  const name = 'audit_last_complete_timestamp_seconds';
  assert.deepEqual(await of(name, emptyReport), [`virt_audit_${name} 1767323045.678`]);
  assert.deepEqual(await of(name, emptyReport, { lastComplete: 5 }), [`virt_audit_${name} 1767323045.678`]);
  assert.deepEqual(await of(name, sampleReport, { lastComplete: 5 }), [`virt_audit_${name} 5`]);
  assert.deepEqual(await of(name, sampleReport), []);
});

describe('findings', () => {
  const report = (...list: Finding[]): Report => ({ ...sampleReport, findings: list });
  const series = (domain: string, rule: string, severity: string, count: number) =>
    `virt_audit_domain_findings{domain="${domain}",rule="${rule}",severity="${severity}",status="open"} ${count}`;
  test('of both definitions, and of two domains of one name, add up', async () => {
    assert.deepEqual(await of('domain_findings', report(fails({}), fails({ definition: 'config' }))), [
      series('web', failing.rule, 'high', 4),
    ]);
  });
  test('past the cap the gravest stay, and the rest are counted', async () => {
    const many = report(
      fails({ name: 'c', severity: 'critical', rule: 'grave' }),
      fails({ name: 'a' }),
      fails({ name: 'a', definition: 'config' }),
      fails({ name: 'b' }),
      fails({ name: 'a', rule: 'light', severity: 'info' }),
    );
    assert.deepEqual(await of('domain_findings', many, { maxFindingSeries: 2 }), [
      series('c', 'grave', 'critical', 2),
      series('a', failing.rule, 'high', 4),
    ]);
    assert.deepEqual(await of('findings_series_dropped', many, { maxFindingSeries: 2 }), [
      'virt_audit_findings_series_dropped 2',
    ]);
    assert.deepEqual(await of('findings_series_dropped', many, { maxFindingSeries: 4 }), [
      'virt_audit_findings_series_dropped 0',
    ]);
    assert.deepEqual(await of('domain_findings', many, { maxFindingSeries: 0 }), []);
  });
  test('of single domains may be left out altogether', async () => {
    const all = report(fails({}));
    assert.deepEqual(await of('domain_findings', all, { findings: 'none' }), []);
    assert.deepEqual(await of('findings_series_dropped', all, { findings: 'none' }), []);
    assert.ok((await of('rule_targets', all, { findings: 'none' })).length > 0);
  });
  test('of the host have their own metric', async () => {
    const host: Finding = { ...failing, target: { kind: 'host', name: 'kvm1' } };
    assert.deepEqual(await of('host_findings', report(host)), [
      `virt_audit_host_findings{rule="${failing.rule}",severity="high",status="open"} 2`,
    ]);
    assert.deepEqual(await of('domain_findings', report(host)), []);
  });
  test('label values are escaped', async () => {
    const name = 'a"b\\c\nd';
    assert.deepEqual(await of('domain_findings', report(fails({ name }))), [
      series('a\\"b\\\\c\\nd', failing.rule, 'high', 2),
    ]);
    const domains = [
      { name, uuid: '1' },
      { name, uuid: '1' },
    ];
    assert.deepEqual(await of('domain_info', { ...emptyReport, domains }), [
      'virt_audit_domain_info{domain="a\\"b\\\\c\\nd",uuid="1"} 1',
    ]);
  });
});

test('waivers of domains whose names hold spaces are told apart', async () => {
  const waiver = { rule: 'a', reason: 'r', state: 'unused' as const, findings: 0 };
  const lines = await of('waiver_expiry_timestamp_seconds', {
    ...emptyReport,
    waivers: [
      { ...waiver, domains: ['a b', 'c'], expires: '2027-01-01' },
      { ...waiver, domains: ['a', 'b c'], expires: '2027-02-01' },
      { ...waiver, domains: ['a', 'b c'], expires: '2026-12-01' },
    ],
  });
  assert.deepEqual(lines, [
    'virt_audit_waiver_expiry_timestamp_seconds{waiver="a a \\"b c\\"",rule="a"} 1801526400',
    'virt_audit_waiver_expiry_timestamp_seconds{waiver="a \\"a b\\" c",rule="a"} 1798848000',
  ]);
});
