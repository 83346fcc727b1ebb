import type { MetricsOptions } from '../exporter/renderMetrics.ts';
import type { Summary } from '../model/report.ts';
import type { Severity } from '../model/severity.ts';
import type { SourceResult } from '../model/source.ts';
import type { ReporterName } from '../reporters/reporters.ts';
import type { AuditSpec } from './auditSpec.ts';

/** A report in one of the formats of `check`. */
export interface ReportRendering {
  kind: 'report';
  format: ReporterName;
  color: boolean;
  minSeverity: Severity;
}

/** What the auditor's process is to render of an audit: findings cross the process border as finished text only. */
export type Rendering =
  | ReportRendering
  | ({ kind: 'metrics' } & MetricsOptions)
  | { kind: 'page'; telemetryPath: string };

/** One audit, asked for by the parent process. */
export interface Job {
  spec: AuditSpec;
  renderings: readonly Rendering[];
  /** Only loads and compiles the rules, so that mistakes in them show. */
  dryRun?: boolean;
  /** Judges nothing: the evidence itself is wanted, as a bundle's text. */
  collect?: boolean;
}

/** What the parent gets back. */
export type JobResult =
  | {
      kind: 'done';
      /** One text for each rendering, in their order. */
      texts: readonly string[];
      summary: Summary;
      sources: readonly SourceResult[];
      /** ISO 8601, UTC, when the audit began. */
      time: string;
      /** The libvirt source timed out: calls still hold threads of this process, so it should be replaced. */
      stuck: boolean;
    }
  | { kind: 'collected'; bundle: string; sources: readonly SourceResult[] }
  | { kind: 'ready' }
  | { kind: 'input'; message: string }
  | { kind: 'bug'; stack: string };
