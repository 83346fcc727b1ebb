import { GlobError } from '../glob/globError.ts';

/** More expanded text, or more values of one variable, than any policy has. */
const longest = 262_144;
const mostValues = 4096;

/** A reference, or an escape to step over: `\\@{name}` refers to nothing. */
const reference = /\\[\s\S]|@\{(\w+)\}/g;

/** The values of a variable as its definition has them; undefined for a name without definition. */
export type ValuesOf = (name: string) => readonly string[] | undefined;

/**
 * Replaces `@{name}` in a pattern. One value is put in place as it is; several become alternatives, whose slashes give way to
 * a slash right before or after the reference. Throws `GlobError` for variables without values and for circles. Found with
 * apparmor_parser 3.0.8.
 */
export function expandVariables(text: string, valuesOf: ValuesOf): string {
  if (!text.includes('@{')) return text;
  let out = '';
  let from = 0;
  for (const match of text.matchAll(reference)) {
    const name = match[1];
    if (name === undefined) continue;
    out += text.slice(from, match.index);
    from = match.index + match[0].length;
    out += splice(flatten(name, valuesOf, []), out.endsWith('/'), text.charAt(from) === '/');
  }
  out += text.slice(from);
  if (out.length > longest) throw new GlobError(`variables expand to more than ${longest} bytes`, true);
  return out;
}

function splice(values: readonly string[], slashBefore: boolean, slashAfter: boolean): string {
  if (values.length === 1) return values[0] ?? '';
  const trimmed = values.map((value) => {
    const start = slashBefore ? value.replace(/^\/+/, '') : value;
    return slashAfter ? start.replace(/\/+$/, '') : start;
  });
  return `{${trimmed.join(',')}}`;
}

/** All values of a variable, without references: each combination of the values that they refer to. */
function flatten(name: string, valuesOf: ValuesOf, outer: readonly string[]): readonly string[] {
  if (outer.includes(name)) throw new GlobError(`variable @{${name}} refers to itself`);
  const values = valuesOf(name);
  if (values === undefined) throw new GlobError(`variable @{${name}} has no value`);
  const flat = values.flatMap((value) => combinations(value, (inner) => flatten(inner, valuesOf, [...outer, name])));
  if (flat.length > mostValues) throw new GlobError(`variable @{${name}} has more than ${mostValues} values`, true);
  return flat;
}

function combinations(value: string, flattened: (name: string) => readonly string[]): readonly string[] {
  if (!value.includes('@{')) return [value];
  let starts: readonly string[] = [''];
  let from = 0;
  for (const match of value.matchAll(reference)) {
    const name = match[1];
    if (name === undefined) continue;
    const before = value.slice(from, match.index);
    const ends = flattened(name);
    if (starts.length * ends.length > mostValues) throw new GlobError('variables have too many combinations', true);
    starts = starts.flatMap((start) => ends.map((end) => start + before + end));
    if ((starts[0]?.length ?? 0) * starts.length > longest) throw new GlobError('variables expand to too much', true);
    from = match.index + match[0].length;
  }
  return starts.map((start) => start + value.slice(from));
}
