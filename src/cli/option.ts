import { InvalidArgumentError } from 'commander';
import { type Severity, severities } from '../model/severity.ts';

/** Collects a repeatable option. */
export const repeatable = (value: string, previous: readonly string[]): string[] => [...previous, value];

/** A severity, or `never` for a threshold that nothing reaches. */
export const threshold = (value: string): Severity | 'never' => oneOf(value, [...severities, 'never']);

/** A severity. */
export const severity = (value: string): Severity => oneOf(value, severities);

const oneOf = <T extends string>(value: string, choices: readonly T[]): T => {
  const known = choices.find((name) => name === value);
  if (known === undefined) throw new InvalidArgumentError(`expected one of ${choices.join(', ')}`);
  return known;
};

const unitMilliseconds: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000 };

/** A duration in milliseconds, from seconds (`60`, `0.5`) or with a unit (`500ms`, `30s`, `2m`). */
export const duration = (value: string): number => {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m)?$/.exec(value);
  const milliseconds = Number(match?.[1]) * (unitMilliseconds[match?.[2] ?? 's'] ?? Number.NaN);
  if (match === null || milliseconds <= 0 || milliseconds > 2 ** 31 - 1) {
    throw new InvalidArgumentError('expected seconds, or a number with ms, s or m');
  }
  return milliseconds;
};

/** A whole number that is not negative. */
export const count = (value: string): number => {
  if (!/^\d{1,9}$/.test(value)) throw new InvalidArgumentError('expected a whole number');
  return Number(value);
};

/** A release of QEMU, `10.1` or `10.1.2`. */
export const release = (value: string): string => {
  if (!/^\d{1,3}\.\d{1,3}(?:\.\d{1,3})?$/.test(value))
    throw new InvalidArgumentError('expected a version such as 10.1');
  return value;
};
