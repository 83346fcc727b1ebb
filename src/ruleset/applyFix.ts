import {
  appendChild,
  newElement,
  removeAttribute,
  removeElement,
  setAttribute,
  setText,
} from '../facts/xml/editXml.ts';
import { type ElementSpan, elementSpans } from '../facts/xml/elementSpans.ts';
import { parseXml } from '../facts/xml/parseXml.ts';
import type { Json, JsonObject } from '../model/json.ts';
import { pointerTokens, valueAt } from '../model/pointer.ts';
import type { Edit } from '../model/rule.ts';
import { resolved } from './reference.ts';

/** An element by the places of its ancestors and itself among their siblings, which later edits do not move. */
type Place = readonly number[];

const spanAt = (root: ElementSpan, place: Place): ElementSpan => {
  let span = root;
  for (const index of place) {
    const child = span.children[index];
    if (child === undefined) throw new Error('an element that is not there any more');
    span = child;
  }
  return span;
};

/** The elements at `tokens` below `span`, each with its facts. */
const elementsAt = (
  span: ElementSpan,
  facts: Json | undefined,
  tokens: readonly string[],
  place: Place = [],
): { place: Place; facts: Json }[] => {
  const [token, ...rest] = tokens;
  if (token === undefined) return facts === undefined ? [] : [{ place, facts }];
  const inner = valueAt(facts, `/${token}`);
  const items = Array.isArray(inner) ? (inner as readonly Json[]) : [inner];
  return span.children
    .flatMap((child, index) => (child.name === token ? [{ child, index }] : []))
    .flatMap(({ child, index }, nth) => elementsAt(child, items[nth], rest, [...place, index]));
};

const edited = (text: string, place: Place, change: (text: string, span: ElementSpan) => string): string =>
  change(text, spanAt(elementSpans(text), place));

/** Walks from an element along child elements that are there; what is left over has to be made. */
const descend = (span: ElementSpan, tokens: readonly string[]): { span: ElementSpan; rest: readonly string[] } => {
  const [token, ...rest] = tokens;
  const child = token === undefined ? undefined : span.children.find(({ name }) => name === token);
  return child === undefined ? { span, rest: tokens } : descend(child, rest);
};

const set = (text: string, from: ElementSpan, pointer: string, value: string): string => {
  const { span, rest } = descend(from, pointerTokens(pointer));
  const [token] = rest;
  if (token === undefined) return setText(text, span, value);
  return token.startsWith('@')
    ? setAttribute(text, span, token.slice(1), value)
    : appendChild(text, span, newElement(rest, value));
};

const remove = (text: string, from: ElementSpan, pointer: string): string => {
  const { span, rest } = descend(from, pointerTokens(pointer));
  const [token, ...more] = rest;
  if (token === undefined) return removeElement(text, span);
  return token.startsWith('@') && more.length === 0 ? removeAttribute(text, span, token.slice(1)) : text;
};

const textFor = (value: Json, facts: JsonObject): string => {
  const known = resolved(value, facts);
  if (typeof known !== 'string') throw new Error(`no text for ${JSON.stringify(value)}`);
  return known;
};

const applyEdit = (text: string, edit: Edit, facts: JsonObject, holds: (clause: JsonObject, on: Json) => boolean) => {
  const parsed = parseXml(text, ['domain']);
  if (!parsed.ok) throw new Error(parsed.reason);
  const [, ...tokens] = pointerTokens(edit.at);
  const domain = parsed.document.domain;
  const places = elementsAt(elementSpans(text), domain, tokens)
    .filter((element) => edit.where === undefined || holds(edit.where, element.facts))
    .map(({ place }) => place)
    .slice(edit.keep ?? 0);
  const changes: ((now: string, span: ElementSpan) => string)[] = [
    ...Object.entries(edit.set ?? {}).map(
      ([pointer, value]) =>
        (now: string, span: ElementSpan) =>
          set(now, span, pointer, textFor(value, facts)),
    ),
    ...(Array.isArray(edit.remove) ? edit.remove : []).map(
      (pointer) => (now: string, span: ElementSpan) => remove(now, span, pointer),
    ),
    ...(edit.add === undefined ? [] : [(now: string, span: ElementSpan) => appendChild(now, span, edit.add ?? '')]),
    ...(edit.remove === true ? [removeElement] : []),
  ];
  // The last first: what is removed then moves no element that is still to be changed.
  return places
    .reverse()
    .reduce((all, place) => changes.reduce((now, change) => edited(now, place, change), all), text);
};

/**
 * A domain's XML with a rule's fix applied; everything else in it stays as it is, to the byte.
 *
 * @param text the XML, which must be readable
 * @param facts the domain's facts, for `$data`
 * @param holds whether a `where` clause holds on an element's facts
 */
export const applyFix = (
  text: string,
  fix: readonly Edit[],
  facts: JsonObject,
  holds: (clause: JsonObject, on: Json) => boolean,
): string => fix.reduce((now, edit) => applyEdit(now, edit, facts, holds), text);
