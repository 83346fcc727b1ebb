/** Prometheus' own default for scrape_timeout, in seconds. */
const defaultTimeout = 10;

/** No timer can hold more milliseconds. */
const longest = 2 ** 31 - 1;

/** What must be left of the scrape's time to send the page, in seconds. */
const offset = 0.5;

/**
 * How long a scrape may wait for an audit, in milliseconds: what Prometheus says it will wait, less half a second.
 *
 * @param header the value of X-Prometheus-Scrape-Timeout-Seconds
 */
export const patience = (header: string | undefined): number => {
  const asked = Number(header);
  const timeout = header !== undefined && Number.isFinite(asked) && asked > 0 ? asked : defaultTimeout;
  return Math.min(Math.max(timeout - offset, timeout / 2) * 1000, longest);
};
