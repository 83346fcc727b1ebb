import { Registry } from 'prom-client';
import type { Report } from '../model/report.ts';
import { auditMetrics } from './metrics/auditMetrics.ts';
import { domainMetrics } from './metrics/domainMetrics.ts';
import { findingMetrics } from './metrics/findingMetrics.ts';
import { hostMetrics } from './metrics/hostMetrics.ts';
import { ruleMetrics } from './metrics/ruleMetrics.ts';
import { waiverMetrics } from './metrics/waiverMetrics.ts';

/** What of an audit becomes metrics. */
export interface MetricsOptions {
  /** The most series that single domains' findings may make. */
  maxFindingSeries: number;
  /** Whether single domains' findings are shown at all; they are unless told otherwise. */
  findings?: 'domain' | 'none';
  /** When the last complete audit before this one began, in seconds of Unix time. */
  lastComplete?: number;
}

/**
 * One audit in Prometheus' text format 0.0.4, on a registry of its own, so that nothing of an earlier audit lingers.
 */
export const renderMetrics = (report: Report, options: MetricsOptions): Promise<string> => {
  const registry = new Registry();
  auditMetrics(registry, report, options.lastComplete);
  domainMetrics(registry, report);
  hostMetrics(registry, report);
  ruleMetrics(registry, report);
  findingMetrics(registry, report, options.findings === 'none' ? undefined : options.maxFindingSeries);
  waiverMetrics(registry, report);
  return registry.metrics();
};
