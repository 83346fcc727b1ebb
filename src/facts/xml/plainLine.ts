/** A line of libvirt's layout as its markup, which many lines share, and what this one has in it. */
export interface PlainLine {
  /** The line with its attributes' values left out, and with `placeholder` for its text. */
  markup: string;
  /** Of the attributes, in their order. */
  values: readonly string[];
  text: string | undefined;
}

const placeholder = '.';

/** Characters of ASCII that are neither markup nor reference nor white space that XML would change. */
const literal = '[ !#-%(-;=?-~]';
const named = '[\\w:.-]+';
const line = new RegExp(`^(<${named}(?: ${named}='${literal}*')*)(?:(/?>)|>(${literal}+)</(${named})>)$`);
const quoted = /'([^']*)'/g;

/**
 * Takes apart a start tag or an element that holds text or nothing, where all that it holds is literal; undefined for any
 * other line. Whether the markup is well-formed is for its reader to tell: with these values it is just as well-formed.
 */
export const plainLine = (text: string): PlainLine | undefined => {
  const found = line.exec(text);
  if (found === null) return undefined;
  const [, start = '', end, content, name] = found;
  const values = start.match(quoted)?.map((value) => value.slice(1, -1)) ?? [];
  const tag = values.length === 0 ? start : start.replaceAll(quoted, "''");
  const markup = end === undefined ? `${tag}>${placeholder}</${name}>` : tag + end;
  return { markup, values, text: content };
};
