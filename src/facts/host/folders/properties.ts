/** A line that goes on: it ends in an odd number of backslashes. */
const goesOn = /(?<!\\)(?:\\\\)*\\$/;

/** Logical lines: comments and blanks dropped, continuations joined without their leading white space. */
const logicalLines = (text: string): string[] => {
  const lines: string[] = [];
  let open: string | undefined;
  for (const natural of text.split(/\r?\n/)) {
    const line = natural.trimStart();
    // A comment line is natural, never logical: it does not go on.
    if (open === undefined && /^[#!]/.test(line)) continue;
    const joined = `${open ?? ''}${line}`;
    open = goesOn.test(joined) ? joined.slice(0, -1) : undefined;
    if (open === undefined && joined !== '') lines.push(joined);
  }
  return open === undefined ? lines : [...lines, open];
};

/**
 * The settings of a Java properties file (java.util.Properties, "load"): `#` and `!` start comments, `=`, `:` or white
 * space ends the key, a backslash at the end of a line joins the next. Of other escapes only `\\\\` is undone.
 */
export const parseProperties = (text: string): ReadonlyMap<string, string> => {
  const settings = new Map<string, string>();
  for (const line of logicalLines(text)) {
    const match = /^([^\s=:]+)[ \t]*[=: \t]?[ \t]*(.*)$/.exec(line);
    if (match?.[1] !== undefined) settings.set(match[1], (match[2] ?? '').replaceAll('\\\\', '\\').trimEnd());
  }
  return settings;
};
