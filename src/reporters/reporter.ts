import type { Report } from '../model/report.ts';

export interface ReporterOptions {
  /** ANSI colours. */
  color: boolean;
}

/** Renders a report. Pure: the caller writes. The text ends in a newline. */
export type Reporter = (report: Report, options: ReporterOptions) => string;
