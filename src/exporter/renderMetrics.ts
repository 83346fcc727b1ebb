import { Registry } from 'prom-client';
import type { Report } from '../model/report.ts';
import { auditMetrics } from './metrics/auditMetrics.ts';
import { domainMetrics } from './metrics/domainMetrics.ts';
import { findingMetrics } from './metrics/findingMetrics.ts';
import { hostMetrics } from './metrics/hostMetrics.ts';
import { ruleMetrics } from './metrics/ruleMetrics.ts';
import { waiverMetrics } from './metrics/waiverMetrics.ts';

/**
 * One audit in Prometheus' text format 0.0.4, on a registry of its own, so that nothing of an earlier audit lingers.
 *
 * @param maxFindingSeries the most series that single domains' findings may make
 */
export const renderMetrics = (report: Report, maxFindingSeries: number): Promise<string> => {
  const registry = new Registry();
  auditMetrics(registry, report);
  domainMetrics(registry, report);
  hostMetrics(registry, report);
  ruleMetrics(registry, report);
  findingMetrics(registry, report, maxFindingSeries);
  waiverMetrics(registry, report);
  return registry.metrics();
};
