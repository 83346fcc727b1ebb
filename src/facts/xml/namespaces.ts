import { elementName, type OrderedNode, type OrderedNodes } from './orderedReader.ts';
import { resolveReferences } from './references.ts';

/** The namespaces of libvirt's drivers, each with the prefix that libvirt itself writes (drvqemu, drvbhyve, drvlxc, drvesx). */
const driverNamespace = /^http:\/\/libvirt\.org\/schemas\/domain\/([a-z]+)\/1\.0$/;

/** Without the value's end, so that one declaration in another one's value hides nothing. */
const declarations = /xmlns(?::([^\s='"<>]+))?\s*=\s*["']([^"'<]*)/g;

/**
 * Whether a text may call a driver's namespace otherwise than libvirt does. Yes is said too often rather than too seldom:
 * a reference in the value may spell any of them.
 */
export const mayRenamePrefixes = (text: string): boolean => {
  if (!text.includes('xmlns')) return false;
  for (const [, prefix, value = ''] of text.matchAll(declarations)) {
    const canonical = driverNamespace.exec(value.trim())?.[1];
    if (value.includes('&') || (canonical !== undefined && canonical !== prefix)) return true;
  }
  return false;
};

/** Which driver's namespace a prefix stands for; '' is for names without one. */
type Scope = ReadonlyMap<string, string | undefined>;

const declaredOn = (node: OrderedNode, outer: Scope): Scope => {
  const attributes = (node[':@'] ?? {}) as Record<string, string>;
  const declared = Object.keys(attributes).filter((attribute) => /^@xmlns(:|$)/.test(attribute));
  if (declared.length === 0) return outer;
  const scope = new Map(outer);
  for (const attribute of declared) {
    const uri = resolveReferences(attributes[attribute] ?? '');
    scope.set(attribute.slice('@xmlns:'.length), driverNamespace.exec(uri)?.[1]);
  }
  return scope;
};

/** The element's name with the prefix that libvirt itself would write. */
const canonicalName = (name: string, scope: Scope): string => {
  const [, prefix = '', local = name] = /^([^:]*):(.*)$/.exec(name) ?? [];
  const canonical = scope.get(prefix);
  return canonical === undefined ? name : `${canonical}:${local}`;
};

const renamed = (node: OrderedNode, outer: Scope): OrderedNode => {
  if ('#text' in node || '#cdata' in node) return node;
  const scope = declaredOn(node, outer);
  const { name, nodes } = elementName(node);
  return withContent(node, canonicalName(name, scope), nodes, scope);
};

const withContent = (node: OrderedNode, name: string, nodes: OrderedNodes, scope: Scope): OrderedNode => {
  const attributes = node[':@'];
  const content = nodes.map((child) => renamed(child, scope));
  return { [name]: content, ...(attributes === undefined ? {} : { ':@': attributes }) };
};

/**
 * The element with its content's names as libvirt would write them: `<q:arg/>` with `xmlns:q` or `<arg/>` with `xmlns` is
 * `<qemu:arg/>`, since libvirt goes by the namespace and rules by the name. The root's own name and a namespace that it
 * gives to names without a prefix stay, since libvirt asks for these by name alone.
 */
export const canonicalPrefixes = (root: OrderedNode): OrderedNode => {
  const scope = new Map(declaredOn(root, new Map()));
  scope.delete('');
  const { name, nodes } = elementName(root);
  return withContent(root, name, nodes, scope);
};
