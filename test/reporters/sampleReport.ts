import type { Finding } from '../../src/model/finding.ts';
import type { Report } from '../../src/model/report.ts';
import type { RuleInfo } from '../../src/model/rule.ts';

const web = { kind: 'domain' as const, name: 'web', uuid: '5a1f1c3e-6f0e-4c55-9c9b-0d4c2f0a7a01' };

export const namedRule: RuleInfo = {
  id: 'channel-target-named',
  area: 'channels',
  title: 'Every virtio channel has a name',
  severity: 'high',
  target: 'domain',
  tags: ['channels'],
  rationale: 'A port without a name has no link under /dev/virtio-ports.\n',
  remediation: "virsh edit DOMAIN and name it:\n  <target type='virtio' name='org.example.thing.0'/>\n",
  references: [{ title: 'libvirt domain format', url: 'https://libvirt.org/formatdomain.html#channel' }],
};

export const profileRule: RuleInfo = {
  ...namedRule,
  id: 'apparmor-daemon-profile-loaded',
  area: 'apparmor',
  title: "The daemon's profile is loaded",
  severity: 'low',
  target: 'host',
};

/** One domain fails in its running definition and passes in its configured one; the host can't be judged. */
export const findings: readonly Finding[] = [
  { rule: namedRule.id, severity: 'high', target: web, definition: 'config', outcome: 'pass' },
  {
    rule: namedRule.id,
    severity: 'high',
    target: web,
    definition: 'live',
    outcome: 'fail',
    violations: [
      { at: '/domain/devices/channel/0/target/@name', message: 'expected length at least 1', actual: '' },
      { at: '/domain/devices/channel/1/target/@name', message: 'expected length at least 1' },
    ],
    reason: 'the configured definition passes: a shutdown and start of the domain will mend it',
  },
  {
    rule: profileRule.id,
    severity: 'low',
    target: { kind: 'host', name: 'kvm1' },
    outcome: 'error',
    reason: '/sys/kernel/security/apparmor/profiles: permission denied',
  },
];

export const sampleReport: Report = {
  time: '2026-01-02T03:04:05.678Z',
  seconds: 0.25,
  sources: [
    { name: 'libvirt', ok: true, seconds: 0.125 },
    { name: 'host', ok: false, seconds: 0.01, reason: '--root /mnt: no such file or folder' },
  ],
  rules: [namedRule, profileRule],
  ruleset: { profile: 'default', digest: '0123456789ab' },
  findings,
  waivers: [],
  summary: {
    outcomes: { pass: 1, fail: 1, error: 1, notapplicable: 0 },
    failures: { critical: 0, high: 1, medium: 0, low: 0, info: 0 },
    waived: { critical: 0, high: 0, medium: 0, low: 0, info: 0 },
    domains: { running: 1, paused: 0, shutoff: 0, crashed: 0, other: 0 },
    unaudited: { timeout: 0, denied: 0, parse: 0, error: 0 },
    complete: false,
  },
  apparmor: { enabled: true, profiles: { enforce: 2, complain: 1 } },
  domains: [web],
};

/** A report of nothing at all. */
export const emptyReport: Report = {
  ...sampleReport,
  sources: [],
  rules: [],
  findings: [],
  summary: {
    outcomes: { pass: 0, fail: 0, error: 0, notapplicable: 0 },
    failures: { critical: 0, high: 0, medium: 0, low: 0, info: 0 },
    waived: { critical: 0, high: 0, medium: 0, low: 0, info: 0 },
    domains: { running: 0, paused: 0, shutoff: 0, crashed: 0, other: 0 },
    unaudited: { timeout: 0, denied: 0, parse: 0, error: 0 },
    complete: true,
  },
  apparmor: {},
  domains: [],
};
