import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import type { Finding } from '../../src/model/finding.ts';
import type { Report } from '../../src/model/report.ts';
import type { JudgedWaiver, Waiver } from '../../src/model/waiver.ts';
import type { ReporterOptions } from '../../src/reporters/reporter.ts';
import { text } from '../../src/reporters/text.ts';
import { emptyReport, findings, namedRule, sampleReport } from './sampleReport.ts';

const plain: ReporterOptions = { color: false, minSeverity: 'info' };

const sample = `✗ HIGH Every virtio channel has a name [channel-target-named]
    domain web (live)
      /domain/devices/channel/0/target/@name: expected length at least 1; found ""
      /domain/devices/channel/1/target/@name: expected length at least 1; nothing is there
      the configured definition passes: a shutdown and start of the domain will mend it
    why  A port without a name has no link under /dev/virtio-ports.
    fix  virsh edit DOMAIN and name it:
           <target type='virtio' name='org.example.thing.0'/>
    see  libvirt domain format https://libvirt.org/formatdomain.html#channel

? LOW The daemon's profile is loaded [apparmor-daemon-profile-loaded]
    host kvm1
      /sys/kernel/security/apparmor/profiles: permission denied

! source host: --root /mnt: no such file or folder

1 domain, 2 rules: 1 fail (1 high), 1 error, 1 pass, 0 not applicable.
This audit is incomplete: what is marked ? or ! could not be read or judged.
`;

describe('the text report', () => {
  test('of a failure, an error and a failed source', () => assert.equal(text(sampleReport, plain), sample));
  test('of nothing', () =>
    assert.equal(
      text(emptyReport, plain),
      '0 domains, 0 rules, 0 of them without a finding: 0 fail, 0 error, 0 pass, 0 not applicable.\n',
    ));
  test('in colour says the same', () => {
    const coloured = text(sampleReport, { ...plain, color: true });
    assert.notEqual(coloured, sample);
    assert.ok(coloured.includes('\u001b['));
    assert.equal(stripVTControlCharacters(coloured), sample);
  });
});

test('what both definitions have in common is said once', () => {
  const [, live] = findings;
  assert.ok(live?.outcome === 'fail');
  const { reason: _reason, ...bare } = live;
  const report = { ...sampleReport, rules: [namedRule], findings: [{ ...bare, definition: 'config' as const }, bare] };
  assert.equal(text(report, plain).match(/domain web \(config and live\)/g)?.length, 1);
  const differing = { ...bare, violations: [{ at: '/a', message: 'expected' }] };
  const apart = text({ ...report, findings: [{ ...bare, definition: 'config' }, differing] }, plain);
  assert.ok(apart.includes('domain web (config)\n') && apart.includes('domain web (live)\n'));
});

describe('what tenants name and write', () => {
  const [, failing] = findings;
  assert.ok(failing?.outcome === 'fail');
  const of = (finding: Finding) => text({ ...sampleReport, rules: [namedRule], findings: [finding] }, plain);
  const hostile = '\u001b]0;owned\u0007\r\nforged\u202e';
  const target = { ...failing.target, name: hostile };
  const controls = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/;
  const cases: Readonly<Record<string, Finding>> = {
    'a name': { ...failing, target },
    'a message': { ...failing, violations: [{ at: '/a', message: hostile }] },
    'a place': { ...failing, violations: [{ at: hostile, message: 'expected' }] },
    'an actual value': { ...failing, violations: [{ at: '/a', message: 'expected', actual: hostile }] },
    'a reason': { ...failing, reason: hostile },
    'an error': { rule: failing.rule, severity: 'high', target, outcome: 'error', reason: hostile },
  };
  for (const [name, finding] of Object.entries(cases)) {
    test(`${name} neither steers the terminal nor makes a line of its own`, () => {
      const shown = of(finding);
      assert.doesNotMatch(shown, controls);
      assert.doesNotMatch(shown, /^forged/m);
    });
  }
  test('a long actual value is cut', () => {
    const shown = of({ ...failing, violations: [{ at: '/a', message: 'expected', actual: 'x'.repeat(5000) }] });
    assert.ok(shown.includes(`found "${'x'.repeat(399)}…\n`));
  });
});

test('passes are counted, not listed', () => {
  const passing: Finding = {
    rule: namedRule.id,
    severity: 'high',
    target: { kind: 'host', name: 'kvm1' },
    outcome: 'pass',
  };
  assert.ok(!text({ ...emptyReport, rules: [namedRule], findings: [passing] }, plain).includes(namedRule.title));
});

describe('waivers', () => {
  const [, failing] = findings;
  assert.ok(failing?.outcome === 'fail');
  const waiver = { rule: failing.rule, domains: ['web*'], reason: 'accepted by the owner', expires: '2027-01-31' };
  const { expires: _, ...forever } = { ...waiver, permanent: true as const };
  const summary = {
    ...sampleReport.summary,
    failures: emptyReport.summary.failures,
    waived: sampleReport.summary.failures,
  };
  const of = (by: Waiver, judged: readonly JudgedWaiver[] = []) =>
    text({ ...sampleReport, summary, findings: [{ ...failing, waiver: by }], waivers: judged }, plain);
  test('what is waived stays in sight, with its end and reason', () => {
    const shown = of(waiver);
    assert.match(shown, /^~ HIGH waived through 2027-01-31 \(UTC\): channel-target-named on web$/m);
    assert.match(shown, /^ {4}reason accepted by the owner$/m);
    assert.match(shown, /: 0 fail, 1 waived, 1 error/);
    assert.ok(!shown.includes('✗'));
  });
  test('a permanent one is said out loud', () => assert.match(of(forever), / waived PERMANENTLY: /));
  test('what covers nothing is told', () => {
    const shown = of(waiver, [
      { ...waiver, state: 'unused', findings: 0 },
      { ...waiver, state: 'expired', findings: 0 },
      { ...waiver, state: 'unmatched', findings: 0 },
      { ...waiver, state: 'unjudged', findings: 0 },
      { ...waiver, state: 'active', findings: 1 },
    ]);
    assert.match(shown, /^! waiver of channel-target-named on web\* unused: nothing there fails, so it can go$/m);
    assert.match(shown, /on web\* matches no finding: no such domain or rule here$/m);
    assert.match(shown, /on web\* was not judged there, so nobody knows whether it is needed$/m);
    assert.match(
      shown,
      /^! waiver of channel-target-named on web\* expired on 2027-01-31: what it covered counts again$/m,
    );
    assert.equal(shown.match(/^! waiver/gm)?.length, 4);
  });
});

test("a source's name, which may come from a bundle, does not reach the terminal raw", () => {
  const report = { ...emptyReport, sources: [{ name: 'a\u001b[2J\nb', ok: false, seconds: 0, reason: 'r' }] };
  assert.match(text(report, plain), /source a\ufffd\[2J\ufffdb: r/);
});

test('sources that fail for one reason are told of together', () => {
  const reason = 'no libvirt daemon; start it';
  const sources = ['libvirt', 'capabilities'].map((name) => ({ name, ok: false, seconds: 0, reason }));
  const lines = text({ ...emptyReport, sources }, plain).split('\n');
  assert.deepEqual(
    lines.filter((line) => line.startsWith('!')),
    [`! sources libvirt and capabilities: ${reason}`],
  );
});

describe('the last lines tell what does not stand above', () => {
  const closing = (report: Report, options = plain): string => text(report, options).split('\n\n').at(-1) ?? '';
  test('no domain that could be read is not the same as no domain', () => {
    const sources = [{ name: 'libvirt', ok: false, seconds: 0, reason: 'no answer' }];
    const of = (shutoff: number): string =>
      closing({
        ...emptyReport,
        sources,
        summary: { ...emptyReport.summary, domains: { ...emptyReport.summary.domains, shutoff }, complete: false },
      });
    assert.match(of(0), /^Domains unknown, 0 rules: 0 fail, /);
    assert.match(of(3), /^At least 3 domains, 0 rules: 0 fail, /);
  });
  test('what --min-severity hides is still counted, and said to be', () => {
    const hidden = closing(sampleReport, { color: false, minSeverity: 'critical' });
    assert.match(hidden, /^1 domain, 2 rules: 1 fail \(1 high\), 1 error, /);
    assert.match(hidden, /^Not shown, being below critical \(--min-severity\): 1 fail, 1 error\.$/m);
    assert.match(
      closing(sampleReport, { color: false, minSeverity: 'high' }),
      /^Not shown, being below high \(--min-severity\): 1 error\.$/m,
    );
    assert.doesNotMatch(closing(sampleReport), /Not shown/);
  });
  test('what --baseline leaves out is said', () => {
    const shown = closing({ ...emptyReport, rules: [namedRule], baseline: { report: 'old.json', known: 2 } });
    assert.match(shown, /^0 domains, 1 rule, 1 of them without a new finding: 0 fail, /);
    assert.match(shown, /^Neither shown nor counted: 2 failing places that old\.json has too\.$/m);
  });
});

describe('one reason that keeps many rules from being judged', () => {
  const unjudged = (rules: number, name = 'web', reason = 'web.xml:1:1: is empty'): Finding[] =>
    Array.from({ length: rules }, (_, index) => ({
      rule: `rule-${index}`,
      severity: index === 0 ? 'high' : 'low',
      target: { kind: 'domain', name },
      outcome: 'error',
      reason,
    }));
  const of = (findings: readonly Finding[]): string =>
    text(
      { ...sampleReport, sources: [], findings, rules: unjudged(40).map(({ rule: id }) => ({ ...namedRule, id })) },
      plain,
    );
  test('is said once, with those rules and the gravest severity', () => {
    assert.ok(
      of(unjudged(4)).startsWith(`? HIGH 4 rules could not be judged, all for one reason
    domain web
      web.xml:1:1: is empty
    rules rule-0, rule-1, rule-2, rule-3

1 domain`),
    );
  });
  test('stands where its gravest rule would', () => {
    const [, fail] = findings;
    assert.ok(fail?.outcome === 'fail');
    const shown = of([...unjudged(4), { ...fail, rule: 'rule-8', severity: 'low' }]);
    assert.match(shown, /^✗ HIGH .*\[rule-8\][\s\S]*^\? HIGH 4 rules/m);
    const graver = unjudged(4).map((finding) => ({ ...finding, severity: 'critical' as const }));
    assert.match(of([...graver, { ...fail, rule: 'rule-8' }]), /^\? CRITICAL 4 rules[\s\S]*^✗ HIGH /m);
  });
  test('of a few rules stands with each', () => {
    const shown = of(unjudged(3));
    assert.equal(shown.match(/^ {6}web\.xml:1:1: is empty$/gm)?.length, 3);
    assert.doesNotMatch(shown, /all for one reason/);
  });
  test('names a few of many domains and rules', () => {
    const shown = of(Array.from({ length: 20 }, (_, index) => unjudged(40, `vm${index}`)).flat());
    assert.match(shown, /domain vm11 and 8 more$/m);
    assert.match(shown.replaceAll(/\s+/g, ' '), /rule-23 and 16 more /);
    assert.equal(shown.match(/is empty/g)?.length, 1);
  });
  test('neither steers the terminal nor makes a line of its own', () => {
    const hostile = '\u001b[2J\nforged';
    assert.doesNotMatch(of(unjudged(5, hostile, hostile)), /\u001b|^forged/m);
  });
});
