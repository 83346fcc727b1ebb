import elements from './elements.json' with { type: 'json' };
import { repeatableSince } from './repeatableSince.ts';
import { singleInPractice } from './singleInPractice.ts';

/** What libvirt's schemas say of all elements of one name in documents of one kind. */
export interface ElementShape {
  attributes: ReadonlySet<string>;
  children: ReadonlySet<string>;
  /** Those children that may occur more than once. */
  repeatable: ReadonlySet<string>;
  /** Those children that can have neither attributes nor children. */
  textOnly: ReadonlySet<string>;
  /** Whether other children and attributes than these are allowed too, as in `metadata`. */
  open: boolean;
}

/** The same as elements.json has it: sorted lists, empty ones left out. */
export interface StoredShape {
  attributes?: readonly string[];
  children?: readonly string[];
  repeatable?: readonly string[];
  textOnly?: readonly string[];
  open?: boolean;
}

const stored: Readonly<Record<string, Readonly<Record<string, StoredShape>>>> = elements.roots;

const shapes: ReadonlyMap<string, ReadonlyMap<string, ElementShape>> = new Map(
  Object.entries(stored).map(([root, byElement]) => [
    root,
    new Map(Object.entries(byElement).map(([element, shape]) => [element, load(element, shape)])),
  ]),
);

function load(element: string, shape: StoredShape): ElementShape {
  const repeatable = new Set(shape.repeatable);
  repeatable.delete(singleInPractice.get(element) ?? '');
  for (const child of repeatableSince.get(element) ?? []) if (shape.children?.includes(child)) repeatable.add(child);
  return {
    attributes: new Set(shape.attributes),
    children: new Set(shape.children),
    repeatable,
    textOnly: new Set(shape.textOnly),
    open: shape.open ?? false,
  };
}

/** The shape of an element in documents with this root; undefined where libvirt's schema has no such element. */
export function elementShape(root: string, element: string): ElementShape | undefined {
  return shapes.get(root)?.get(element);
}

/** Whether the schema lets `child` occur more than once in `parent`, so that it is always an array. */
export function isRepeatable(root: string, parent: string, child: string): boolean {
  return elementShape(root, parent)?.repeatable.has(child) ?? false;
}

/** Whether `child` in `parent` can hold nothing but text, so that it is always a string. */
export function isTextOnly(root: string, parent: string, child: string): boolean {
  return elementShape(root, parent)?.textOnly.has(child) ?? false;
}

/**
 * Whether the schema knows `child` in `parent`. True too where `parent` itself is unknown or may hold anything (`metadata`):
 * nothing can be misspelt where no names are given.
 */
export function knownElement(root: string, parent: string, child: string): boolean {
  const shape = elementShape(root, parent);
  return shape === undefined || shape.open || shape.children.has(child);
}

/** The same for an attribute, named without `@`. Namespace declarations may stand anywhere. */
export function knownAttribute(root: string, element: string, attribute: string): boolean {
  const shape = elementShape(root, element);
  return shape === undefined || shape.open || shape.attributes.has(attribute) || /^xmlns(:|$)/.test(attribute);
}
