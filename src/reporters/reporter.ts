import type { Report } from '../model/report.ts';
import type { Severity } from '../model/severity.ts';

export interface ReporterOptions {
  /** ANSI colours. */
  color: boolean;
  /** What is less grave is counted and not shown. */
  minSeverity: Severity;
}

/** Renders a report. Pure: the caller writes. The text ends in a newline. */
export type Reporter = (report: Report, options: ReporterOptions) => string;
