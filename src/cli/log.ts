import { type Log, type LogFields, type LogLevel, logLevels } from '../model/log.ts';
import { unprintable } from '../reporters/printable.ts';

export const logFormats = ['logfmt', 'json'] as const;

export type LogFormat = (typeof logFormats)[number];

export interface LogOptions {
  format: LogFormat;
  /** The least that is written. */
  level: LogLevel;
  write(line: string): void;
  now(): Date;
}

/** JSON in which nothing acts upon a terminal: what JSON lets stand as it is, too, is escaped. */
const quoted = (value: unknown): string =>
  JSON.stringify(value).replaceAll(unprintable, (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** A value as logfmt has it: quoted where it is empty or holds what would end it; always on one line. */
const logfmtValue = (value: string | number | boolean): string => {
  const text = String(value);
  return /^[^\s"=\\]+$/.test(text) && text.search(unprintable) === -1 ? text : quoted(text);
};

const logfmt = (fields: LogFields): string =>
  Object.entries(fields)
    .map(([name, value]) => `${name}=${logfmtValue(value)}`)
    .join(' ');

/** A log of lines with the fields `time`, `level` and `msg` first, as Go's slog and so Prometheus write them. */
export const createLog = ({ format, level: least, write, now }: LogOptions): Log => {
  const writer =
    (level: LogLevel) =>
    (message: string, fields: LogFields = {}): void => {
      if (logLevels.indexOf(level) < logLevels.indexOf(least)) return;
      const line = { time: now().toISOString(), level: level.toUpperCase(), msg: message, ...fields };
      write(`${format === 'json' ? quoted(line) : logfmt(line)}\n`);
    };
  return { debug: writer('debug'), info: writer('info'), warn: writer('warn'), error: writer('error') };
};
