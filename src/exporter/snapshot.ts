/** What one audit left for the web: rendered once, served as often as asked. */
export interface Snapshot {
  metrics: string;
  page: string;
  /** When it was taken, in milliseconds of the monotonic clock. */
  at: number;
}
