import type { CompiledRule } from '../model/clause.ts';
import { isObject, type JsonObject } from '../model/json.ts';
import { pointerTokens } from '../model/pointer.ts';
import { remembered } from '../model/remembered.ts';
import { sameJson } from '../model/sameJson.ts';
import type { Subject, Unknown } from '../model/subject.ts';

/**
 * The parts that facts are compared in to tell what must be judged again: each fact, and within the host each of its own,
 * as `host/qemu`, since every domain has the whole host among its facts.
 */
export type Parts = ReadonlySet<string> | 'all';

const partOf = ([first, second]: readonly string[]): string | undefined =>
  first === 'host' && second !== undefined ? `host/${second}` : first;

/** The parts that a rule reads: nothing else can change what it finds. */
export const partsRead = remembered((rule: CompiledRule): Parts => {
  const parts = new Set([...(rule.when?.touches ?? []), ...rule.assert.touches].map(partOf));
  return parts.has(undefined) ? 'all' : (parts as Set<string>);
});

const changedMembers = (before: JsonObject, after: JsonObject): string[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((name) => !sameJson(before[name], after[name]));

const changedFacts = (before: JsonObject, after: JsonObject): string[] | 'all' => {
  if (before === after) return [];
  const changed = changedMembers(before, after);
  if (!changed.includes('host')) return changed;
  const { host: was } = before;
  const { host: is } = after;
  if (!isObject(was) || !isObject(is)) return 'all';
  return [...changed, ...changedMembers(was, is).map((member) => `host/${member}`)];
};

const sameUnknown = (a: Unknown, b: Unknown | undefined): boolean =>
  a === b || (a.at === b?.at && a.reason === b.reason);

/** Parts in which a place became unknown, became known, or is unknown for another reason. */
const changedUnknowns = (before: readonly Unknown[], after: readonly Unknown[]): string[] | 'all' => {
  if (before.length === after.length && before.every((place, index) => sameUnknown(place, after[index]))) return [];
  const key = ({ at, reason }: Unknown): string => `${at}\n${reason}`;
  const was = new Set(before.map(key));
  const is = new Set(after.map(key));
  // A reason lists several in their order.
  const kept = after.filter((place) => was.has(key(place)));
  const inOrder = before.filter((place) => is.has(key(place))).every((place, index) => sameUnknown(place, kept[index]));
  if (!inOrder) return 'all';
  const changed = [...before.filter((place) => !is.has(key(place))), ...after.filter((place) => !was.has(key(place)))];
  const parts = changed.map(({ at }) => partOf(pointerTokens(at)));
  // What is unknown as a whole is unknown in all its parts.
  if (parts.includes(undefined) || parts.includes('host')) return 'all';
  return (parts as string[]).flatMap((part) => (part.startsWith('host/') ? ['host', part] : [part]));
};

/** The parts in which what is known of a subject has changed. */
export const partsChanged = (before: Subject, after: Subject): Parts => {
  const unknown = changedUnknowns(before.unknown, after.unknown);
  const facts = changedFacts(before.facts, after.facts);
  return unknown === 'all' || facts === 'all' ? 'all' : new Set([...facts, ...unknown]);
};

/** Whether what changed can change what a rule finds. */
export const concerns = (changed: Parts, rule: CompiledRule): boolean => {
  const parts = partsRead(rule);
  if (changed === 'all' || parts === 'all') return changed === 'all' || changed.size > 0;
  for (const part of parts) if (changed.has(part)) return true;
  return false;
};
