/** A value of libvirt's configuration files: text, a number, or a list of texts. */
export type ConfValue = string | number | readonly string[];

/** One token: a comment, a text in one of three quotings (none has escapes), a number, a name, or a mark. */
const token = /#[^\n]*|"""([\s\S]*?)"""|"([^"\n]*)"|'([^'\n]*)'|([+-]?\d+)|([A-Za-z_][\w.-]*)|([[\]=,;\n])/g;

type Token = { text: string } | { number: number } | { name: string } | { mark: string };

const tokens = (text: string): Token[] =>
  [...text.matchAll(token)].flatMap(([, triple, double, single, number, name, mark]): Token[] => {
    const quoted = triple ?? double ?? single;
    if (quoted !== undefined) return [{ text: quoted }];
    if (number !== undefined) return [{ number: Number(number) }];
    if (name !== undefined) return [{ name }];
    return mark === undefined ? [] : [{ mark }];
  });

const isMark = (token: Token | undefined, mark: string): boolean =>
  token !== undefined && 'mark' in token && token.mark === mark;

/** The value that begins at `start`; a list goes on over lines until its bracket. */
const valueFrom = (all: readonly Token[], start: number): ConfValue | undefined => {
  const first = all[start];
  if (first === undefined) return undefined;
  if ('text' in first) return first.text;
  if ('number' in first) return first.number;
  if (!isMark(first, '[')) return undefined;
  const end = all.findIndex((candidate, index) => index > start && isMark(candidate, ']'));
  return all.slice(start + 1, end === -1 ? undefined : end).flatMap((item) => ('text' in item ? [item.text] : []));
};

/**
 * The settings of qemu.conf, libvirtd.conf and their like: `name = "text" | number | [ "text", … ]`, one to a line or with
 * `;` between, `#` starts a comment. The first of a repeated setting counts, as for libvirt's own reader. What is not of
 * this form is passed over; the daemon itself would refuse the file.
 */
export const parseLibvirtConf = (text: string): ReadonlyMap<string, ConfValue> => {
  const settings = new Map<string, ConfValue>();
  const all = tokens(text);
  for (const [index, item] of all.entries()) {
    if (!('name' in item) || !isMark(all[index + 1], '=')) continue;
    const value = valueFrom(all, index + 2);
    if (value !== undefined && !settings.has(item.name)) settings.set(item.name, value);
  }
  return settings;
};
