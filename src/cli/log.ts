import { type Log, type LogFields, type LogLevel, logLevels } from '../model/log.ts';

export const logFormats = ['logfmt', 'json'] as const;

export type LogFormat = (typeof logFormats)[number];

export interface LogOptions {
  format: LogFormat;
  /** The least that is written. */
  level: LogLevel;
  write(line: string): void;
  now(): Date;
}

/** A value as logfmt has it: quoted where it is empty or holds what would end it; always on one line. */
const logfmtValue = (value: string | number | boolean): string => {
  const text = String(value);
  return /^[^\s"=\\\p{Cc}]+$/u.test(text) ? text : JSON.stringify(text);
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
      write(`${format === 'json' ? JSON.stringify(line) : logfmt(line)}\n`);
    };
  return { debug: writer('debug'), info: writer('info'), warn: writer('warn'), error: writer('error') };
};
