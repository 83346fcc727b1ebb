import type { Finding } from '../../src/model/finding.ts';
import type { Subject, Unknown } from '../../src/model/subject.ts';

const uuid = '5a1f1c3e-6f0e-4c55-9c9b-0d4c2f0a7a01';

/** A domain of which some places are unknown. */
export const domain = (facts: Subject['facts'], unknown: readonly Unknown[] = []): Subject => ({
  target: { kind: 'domain', name: 'web', uuid },
  definition: 'config',
  state: 'shutoff',
  facts,
  unknown,
});

/** A failing finding of a domain, but for what is said otherwise. */
export const failing = (about: {
  rule?: string;
  severity?: Finding['severity'];
  target?: Finding['target'];
  definition?: 'live' | 'config';
}): Finding => ({
  rule: 'domain-state-known',
  severity: 'high',
  target: { kind: 'domain', name: 'web', uuid },
  definition: 'live',
  outcome: 'fail',
  violations: [{ at: '/state', message: 'expected "running"', actual: 'shutoff' }],
  ...about,
});
