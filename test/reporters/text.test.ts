import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import type { Finding } from '../../src/model/finding.ts';
import type { JudgedWaiver, Waiver } from '../../src/model/waiver.ts';
import { text } from '../../src/reporters/text.ts';
import { emptyReport, findings, namedRule, sampleReport } from './sampleReport.ts';

const plain = { color: false };

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

! source host: --root /mnt: ENOENT

1 domain, 2 rules, 0 of them without a finding: 1 fail (1 high), 1 error, 1 pass, 0 not applicable.
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
    const coloured = text(sampleReport, { color: true });
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
