/** What a client may take, so that none can take all. Times are in milliseconds. */
export interface Limits {
  /** Open connections, of all addresses that are listened on; past it, one goes for each that comes. */
  connections: number;
  /** Bytes of a request's line and headers. */
  headerSize: number;
  /** Requests of one connection whose answers it has not taken; past it, the connection is ended. */
  pipelined: number;
  /** For the whole request to arrive, from its connection's opening or the answer before it. */
  request: number;
  /** For which a connection without a request is kept; a scrape each minute uses one connection. */
  keepAlive: number;
  /** For which neither side of a connection says anything while an answer is due or being read. */
  silence: number;
}

/** Generous to scrapers, who need little. */
export const defaultLimits: Limits = {
  connections: 512,
  headerSize: 8192,
  pipelined: 8,
  request: 10_000,
  keepAlive: 120_000,
  silence: 60_000,
};

/** No timer can hold more milliseconds: Node takes it for 1. */
const longest = 2 ** 31 - 1;

/** The limits where an audit may take so many milliseconds: a connection says nothing while its scrape waits for one. */
export const limitsOf = (auditTimeout: number): Limits => ({
  ...defaultLimits,
  silence: Math.min(Math.max(defaultLimits.silence, 2 * auditTimeout), longest),
});
