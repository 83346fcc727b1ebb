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

/**
 * Takes apart a start tag or an element that holds text or nothing, where all that it holds is literal; undefined for any
 * other line. Whether the markup is well-formed is for its reader to tell: with these values it is just as well-formed.
 */
export const plainLine = (text: string): PlainLine | undefined => {
  const found = line.exec(text);
  if (found === null) return undefined;
  const [, start = '', end, content, name] = found;
  // By turns what stands between quotes and what does not: this runs for each line that no other domain has.
  const parts = start.split("'");
  const values: string[] = [];
  let tag = parts[0] ?? '';
  for (let index = 1; index < parts.length; index += 2) {
    values.push(parts[index] ?? '');
    tag += `''${parts[index + 1] ?? ''}`;
  }
  const markup = end === undefined ? `${tag}>${placeholder}</${name}>` : tag + end;
  return { markup, values, text: content };
};
