import type { Registry } from 'prom-client';
import { unreadableReasons } from '../../model/document.ts';
import { domainStates } from '../../model/domainState.ts';
import type { Report } from '../../model/report.ts';
import { gauge } from './gauge.ts';

/** The domains that there are, and those that went unaudited. */
export const domainMetrics = (registry: Registry, { summary, domains }: Report): void => {
  gauge(
    registry,
    'domains',
    'Domains seen in the last audit, by state.',
    ['state'],
    domainStates.map((state) => [{ state }, summary.domains[state]]),
  );
  gauge(
    registry,
    'domains_unaudited',
    'Definitions of domains that could not be read or parsed in the last audit, by reason.',
    ['reason'],
    unreadableReasons.map((reason) => [{ reason }, summary.unaudited[reason]]),
  );
  // Always 1, also where two files describe one domain.
  const distinct = [...new Map(domains.map((domain) => [`${domain.name}\n${domain.uuid}`, domain])).values()];
  gauge(
    registry,
    'domain_info',
    'Name and uuid of each domain seen in the last audit.',
    ['domain', 'uuid'],
    distinct.map(({ name, uuid }) => [{ domain: name, uuid }, 1]),
  );
};
