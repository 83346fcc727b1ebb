import { masked } from './masked.ts';

/** What facts are drawn from; anything else in a unit may hold whatever its administrator has put there. */
const kept = /^\s*(?:\[|(?:ExecStart|Environment|EnvironmentFile|Wants|Requires|BindsTo|Upholds)\s*=)/;

/** A flag, a variable, or a path, perhaps as a flag's value; `-u name:pw` and `--token x` keep the flag alone. */
const plainWord = /^["']?(?:-{1,2}[\w-]+|(?:--[\w-]+=|[-@:+!]*)\/[^\s"'@]*|\$\{?\w+\}?|\\)["']?$/;

const inWords = (text: string): string => text.replaceAll(/\S+/g, (word) => (plainWord.test(word) ? word : masked));

/** An assignment in quotes, or one of a value that is in quotes or not (systemd.exec(5), "Environment="). */
const assignment = /(["'])(\w+)=(.*?)\1|(\w+)=(?:(["'])(.*?)\5|(\S*))/gs;

/** The variables that a daemon's arguments are in, by their usual names, and the names of all others. */
const inEnvironment = (text: string): string => {
  const assignments = [...text.matchAll(assignment)].map(([, , outer, whole, inner, , quoted, bare]) => {
    const name = outer ?? inner ?? '';
    const value = /(?:ARGS|OPTS)$/i.test(name) ? inWords(whole ?? quoted ?? bare ?? '') : masked;
    return `"${name}=${value.replaceAll(/\\?\n/g, ' ')}"`;
  });
  return assignments.join(' ') + '\n'.repeat(text.split('\n').length - 1);
};

const inLine = (line: string): string => {
  const [, setting = '', name = '', value = ''] = /^(\s*(\w+)\s*=)(.*)$/s.exec(line) ?? [];
  if (name === 'ExecStart') return `${setting}${inWords(value)}`;
  return name === 'Environment' ? `${setting}${inEnvironment(value)}` : line;
};

/**
 * A unit or its drop-in (systemd.unit(5)) with what facts read alone: its lines stay in their places, what else was on them
 * is gone.
 */
export const maskUnit = (text: string): string =>
  text
    // A line that goes on after a backslash is one.
    .split(/(?<!\\)\n/)
    .map((line) => (kept.test(line) ? inLine(line) : line.replaceAll(/[^\n]+/g, '')))
    .join('\n');
