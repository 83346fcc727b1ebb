// Generates src/facts/xml/elements.json from the RELAX NG schemas that libvirt installs:
//   node --import tsx scripts/repeatable-elements.ts [SCHEMA_DIR] > src/facts/xml/elements.json
// For each kind of document: the children and attributes that each element may have, and which children may repeat.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { XMLParser } from 'fast-xml-parser';
import type { StoredShape } from '../src/facts/xml/shape.ts';

/** A document's root element and the schema that describes it. */
const schemas = {
  capabilities: 'capability.rng',
  domain: 'domain.rng',
  domainCapabilities: 'domaincaps.rng',
  domainsnapshot: 'domainsnapshot.rng',
};

/** An element of a schema file. `ns` is the namespace of the names in it, inherited as RELAX NG says (section 4.9). */
interface Markup {
  tag: string;
  attributes: Readonly<Record<string, string>>;
  children: readonly Markup[];
  ns: string;
}

/** The definitions of one grammar by name, includes merged in. Several of one name are combined (RELAX NG, section 4.17). */
type Grammar = Map<string, { combine: string | undefined; plain: boolean; parts: Markup[] }>;

/** An `<element>` of a schema and the grammar that its references are meant in. */
type Definitions = ReadonlyMap<Markup, Grammar>;

/** The most that one pattern, matched once, can bring into its parent. */
interface Content {
  attributes: ReadonlySet<string>;
  children: ReadonlyMap<string, { repeats: boolean; definitions: Definitions }>;
  /** An element or attribute of any name is allowed too. */
  open: boolean;
}

/** The text of a schema by its file name. */
export type ReadSchema = (file: string) => string;

const parser = new XMLParser({ preserveOrder: true, ignoreAttributes: false, attributeNamePrefix: '' });
const nothing: Content = { attributes: new Set(), children: new Map(), open: false };

function toMarkup(nodes: readonly Record<string, unknown>[], inherited: string): Markup[] {
  return nodes.flatMap((node) => {
    const tag = Object.keys(node).find((key) => key !== ':@') ?? '';
    if (/^[#?]|:/.test(tag)) return [];
    const attributes = (node[':@'] ?? {}) as Record<string, string>;
    const ns = attributes.ns ?? inherited;
    return [{ tag, attributes, ns, children: toMarkup(node[tag] as Record<string, unknown>[], ns) }];
  });
}

/** Every shape that a document of one schema can hold, and how the schemas get read for it. */
class Schema {
  readonly #read: ReadSchema;
  readonly #contents = new Map<Markup, Content | 'unfinished' | undefined>();

  constructor(read: ReadSchema) {
    this.#read = read;
  }

  /** The content of the whole document: its root element. */
  start(file: string): Content {
    return this.#reference('start', this.#grammar(this.#components(file))) ?? nothing;
  }

  /** The content of an element; undefined where it can never be valid, as libvirt's scaffolding for private data. */
  content(element: Markup, grammar: Grammar): Content | undefined {
    if (!this.#contents.has(element)) {
      this.#contents.set(element, 'unfinished');
      const inside = element.attributes.name === undefined ? element.children.slice(1) : element.children;
      this.#contents.set(element, this.#all(inside, grammar));
    }
    const content = this.#contents.get(element);
    // An element that contains itself, as a backing store does, is not forbidden by that.
    return content === 'unfinished' ? nothing : content;
  }

  holdsOnlyText(definitions: Definitions): boolean {
    const contents = [...definitions].map(([element, grammar]) => this.content(element, grammar) ?? nothing);
    return contents.every(({ attributes, children, open }) => !open && attributes.size + children.size === 0);
  }

  #components(file: string): readonly Markup[] {
    const [grammar] = toMarkup(parser.parse(this.#read(file)), '');
    if (grammar?.tag !== 'grammar') throw new Error(`${file} is no RELAX NG grammar`);
    return grammar.children;
  }

  /** What an include defines itself replaces what the included file says of it (RELAX NG, section 4.7). */
  #grammar(components: readonly Markup[], grammar: Grammar = new Map(), replaced: readonly string[] = []): Grammar {
    for (const component of components) {
      const { tag, attributes, children } = component;
      if (tag === 'include') {
        const included = this.#components(attributes.href ?? '');
        this.#grammar(included, grammar, [...replaced, ...children.map(definitionName)]);
      }
      if (tag === 'include' || tag === 'div') this.#grammar(children, grammar, replaced);
      else if (!replaced.includes(definitionName(component))) define(grammar, component);
    }
    return grammar;
  }

  #reference(name: string, grammar: Grammar): Content | undefined {
    const found = grammar.get(name);
    if (found === undefined) throw new Error(`there is no ${name}`);
    const parts = found.parts.map(({ children }) => this.#all(children, grammar));
    return found.combine === 'choice' ? either(parts) : together(parts);
  }

  #all(nodes: readonly Markup[], grammar: Grammar): Content | undefined {
    return together(nodes.map((node) => this.#most(node, grammar)));
  }

  /** The most that a pattern can bring; undefined where it can never match (RELAX NG, section 4.20). */
  #most(node: Markup, grammar: Grammar): Content | undefined {
    const { tag, children } = node;
    const { name } = node.attributes;
    switch (tag) {
      case 'element': {
        const element = qualifiedName(node);
        if (this.content(node, grammar) === undefined) return undefined;
        if (element === undefined) return { ...nothing, open: true };
        const once = { repeats: false, definitions: new Map([[node, grammar]]) };
        return { ...nothing, children: new Map([[element, once]]) };
      }
      case 'attribute':
        return name === undefined ? { ...nothing, open: true } : { ...nothing, attributes: new Set([name]) };
      case 'choice':
        return either(children.map((child) => this.#most(child, grammar)));
      case 'optional':
        return this.#all(children, grammar) ?? nothing;
      case 'oneOrMore':
        return this.#all([...children, ...children], grammar);
      case 'zeroOrMore':
        return this.#all([...children, ...children], grammar) ?? nothing;
      case 'ref':
        return this.#reference(`define ${name}`, grammar);
      case 'grammar':
        return this.#reference('start', this.#grammar(children));
      case 'notAllowed':
        return undefined;
      default:
        if (/^(group|interleave|mixed)$/.test(tag)) return this.#all(children, grammar);
        if (/^(text|empty|data|value|list)$/.test(tag)) return nothing;
        throw new Error(`<${tag}> is not supported`);
    }
  }
}

function define(grammar: Grammar, component: Markup): void {
  const name = definitionName(component);
  const { combine } = component.attributes;
  const known = grammar.get(name) ?? { combine, plain: false, parts: [] };
  if (combine === undefined && known.plain) throw new Error(`${name} is given twice without combine`);
  const plain = known.plain || combine === undefined;
  grammar.set(name, { combine: known.combine ?? combine, plain, parts: [...known.parts, component] });
}

function definitionName({ tag, attributes }: Markup): string {
  if (tag === 'start') return tag;
  if (tag === 'define') return `define ${attributes.name}`;
  throw new Error(`<${tag}> is not supported in a grammar`);
}

/** The name as libvirt writes it: an element of libvirt's own namespaces has the prefix that its URI ends with. */
function qualifiedName({ attributes: { name }, children, ns }: Markup): string | undefined {
  if (name === undefined && /^(anyName|nsName)$/.test(children[0]?.tag ?? '')) return undefined;
  const prefix = ns === '' ? '' : /^http:\/\/libvirt\.org\/schemas\/\w+\/(\w+)\/1\.0$/.exec(ns)?.[1];
  if (name === undefined || prefix === undefined) throw new Error(`<${name ?? '?'}> of "${ns}" has no known name`);
  return prefix === '' ? name : `${prefix}:${name}`;
}

/** All of the parts: what is in two of them occurs twice. */
function together(parts: readonly (Content | undefined)[]): Content | undefined {
  return parts.reduce((a, b) => a && b && merge(a, b, true), nothing);
}

/** One of the branches. */
function either(branches: readonly (Content | undefined)[]): Content | undefined {
  return branches.reduce((a, b) => (a && b ? merge(a, b, false) : (a ?? b)), undefined);
}

function merge(a: Content, b: Content, isTogether: boolean): Content {
  const children = new Map(a.children);
  for (const [name, child] of b.children) {
    const other = children.get(name);
    const repeats = child.repeats || (other !== undefined && (isTogether || other.repeats));
    children.set(name, { repeats, definitions: new Map([...(other?.definitions ?? []), ...child.definitions]) });
  }
  return { attributes: new Set([...a.attributes, ...b.attributes]), children, open: a.open || b.open };
}

/** The shapes of all elements that a document of this schema may hold, by name and sorted. */
export function documentShapes(read: ReadSchema, file: string): Record<string, StoredShape> {
  const schema = new Schema(read);
  const merged = new Map<string, Content>();
  const seen = new Set<Markup>();
  const visit = ({ children }: Content): void => {
    for (const [name, { definitions }] of children) {
      for (const [element, grammar] of definitions) {
        const content = schema.content(element, grammar);
        if (seen.has(element) || content === undefined) continue;
        seen.add(element);
        merged.set(name, either([merged.get(name), content]) ?? content);
        visit(content);
      }
    }
  };
  visit(schema.start(file));
  const shape = ({ attributes, children, open }: Content): StoredShape => {
    const names = [...children.keys()].sort();
    const repeatable = names.filter((name) => children.get(name)?.repeats);
    const textOnly = names.filter((name) => schema.holdsOnlyText(children.get(name)?.definitions ?? new Map()));
    return { attributes: [...attributes].sort(), children: names, repeatable, textOnly, open };
  };
  return Object.fromEntries([...merged].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, all]) => [name, shape(all)]));
}

/** The whole of elements.json: without what is empty, and with lists on one line where they fit, as Biome wants them. */
export function elementsJson(read: ReadSchema, version: string): string {
  const roots = Object.fromEntries(Object.entries(schemas).map(([root, file]) => [root, documentShapes(read, file)]));
  const source = `libvirt ${version}: ${Object.values(schemas).join(', ')}; generated by scripts/repeatable-elements.ts`;
  const json = JSON.stringify({ source, version, roots }, withoutEmpty, 2);
  return `${json.replace(/^.*\[[^\]]*\],?$/gm, (list) => {
    const line = list.replace(/\n */g, ' ').replace('[ ', '[').replace(' ]', ']');
    return line.length > 120 ? list : line;
  })}\n`;
}

function withoutEmpty(_key: string, value: unknown): unknown {
  return value === false || (Array.isArray(value) && value.length === 0) ? undefined : value;
}

/** The version of the installed libvirt; throws where there is none. */
export function installedVersion(): string {
  return execFileSync('pkg-config', ['--modversion', 'libvirt'], { encoding: 'utf8' }).trim();
}

/** Reads the schemas of a directory, by default where libvirt installs them. */
export function schemaReader(directory = '/usr/share/libvirt/schemas'): ReadSchema {
  return (file) => readFileSync(join(directory, file), 'utf8');
}

if (process.argv[1] === import.meta.filename) {
  process.stdout.write(elementsJson(schemaReader(process.argv[2]), installedVersion()));
}
