import type { Finding } from '../model/finding.ts';

const key = ({ rule, target }: Finding): string => `${rule}\n${target.uuid ?? target.name}`;

/** Where the running definition fails and the configured one passes, the failing finding says that a restart mends it. */
export const noteRestarts = (findings: readonly Finding[]): Finding[] => {
  const mended = new Set(
    findings.filter(({ definition, outcome }) => definition === 'config' && outcome === 'pass').map(key),
  );
  return findings.map((finding) =>
    finding.outcome === 'fail' && finding.definition === 'live' && mended.has(key(finding))
      ? { ...finding, reason: 'the configured definition passes: a shutdown and start of the domain will mend it' }
      : finding,
  );
};
