/** How much a line of the log matters, least first. */
export const logLevels = ['debug', 'info', 'warn', 'error'] as const;

export type LogLevel = (typeof logLevels)[number];

/** What a line says beside its message: names as in Prometheus' logs, lower case with `_`. */
export type LogFields = Readonly<Record<string, string | number | boolean>>;

/** Writes one line for each call; never throws. */
export type Log = Readonly<Record<LogLevel, (message: string, fields?: LogFields) => void>>;
