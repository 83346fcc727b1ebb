/** Clauses of all that the rule format knows, and facts for them, drawn at random. */
import type { Json, JsonObject } from '../../src/model/json.ts';
import { toPointer } from '../../src/model/pointer.ts';
import type { Random } from '../apparmor/random.ts';

const names = ['a', 'b', 'list', '0', '1', '*', 'x/y', 'm~n', '@a', 'name', 'constructor', '__proto__', 'length'];
const values: readonly Json[] = [
  ...['', 'x', 'y', 'xy', '1', '\u{1f600}', '\ud800'],
  ...[0, 1, 2, 1.5, 1e21, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  ...[true, false, null, [], {}],
];
const patterns = ['^x', 'y$', '^.$', '^(?!x)'];
const types = ['string', 'number', 'integer', 'boolean', 'array', 'object', 'null'];

const some = <T>(random: Random, most: number, make: () => T): T[] =>
  Array.from({ length: 1 + random.below(most) }, make);

export const tokens = (random: Random): string[] => some(random, random.chance(0.6) ? 1 : 3, () => random.pick(names));

export const value = (random: Random, depth = 2): Json => {
  const kind = depth === 0 ? 2 : random.below(4);
  if (kind === 0) return some(random, 3, () => value(random, depth - 1));
  if (kind > 1) return random.pick(values);
  return Object.fromEntries(some(random, 3, () => [random.pick(names), value(random, depth - 1)]));
};

/** As it may stand in a rule: there, what is not finite is null. */
const written = (random: Random): Json => JSON.parse(JSON.stringify(value(random, 1)));

const pointer = (random: Random): string => toPointer(tokens(random));
const orData = (random: Random, plain: Json): Json => (random.chance(0.3) ? { $data: pointer(random) } : plain);

type Draw = (random: Random, depth: number) => JsonObject;

const places = (random: Random, depth: number): JsonObject =>
  Object.fromEntries(
    some(random, 2, () => [pointer(random), random.chance(0.2) ? {} : randomClause(random, depth - 1)]),
  );

const plain: readonly Draw[] = [
  (random) => ({ const: orData(random, written(random)) }),
  (random) => ({
    enum: orData(
      random,
      some(random, 2, () => written(random)),
    ),
  }),
  (random) => ({ pattern: orData(random, random.pick(patterns)) }),
  (random) => ({ [random.pick(['minLength', 'maxLength', 'minItems', 'maxItems'])]: random.below(3) }),
  (random) => ({ [random.pick(['minimum', 'maximum'])]: random.pick([0, 1, 1.5]) }),
  (random) => ({ type: random.pick(types) }),
  (random) => ({ lacks: some(random, 2, () => pointer(random)) }),
  (random) => ({ uniqueBy: pointer(random) }),
];

const nested: readonly Draw[] = [
  (random, depth) => ({ has: places(random, depth) }),
  (random, depth) => ({ mayHave: places(random, depth) }),
  (random, depth) => ({ items: randomClause(random, depth - 1) }),
  (random, depth) => ({ contains: randomClause(random, depth - 1) }),
  (random, depth) => {
    const least = random.below(3);
    return { contains: randomClause(random, depth - 1), minContains: least, maxContains: least + random.below(2) };
  },
  (random, depth) => ({ not: randomClause(random, depth - 1) }),
  (random, depth) => ({ [random.pick(['anyOf', 'allOf'])]: some(random, 2, () => randomClause(random, depth - 1)) }),
  (random, depth) => ({
    if: randomClause(random, depth - 1),
    [random.pick(['then', 'else'])]: randomClause(random, depth - 1),
  }),
];

export const randomClause: Draw = (random, depth) => {
  const draws = depth === 0 || random.chance(0.3) ? plain : nested;
  return Object.assign({}, ...some(random, random.chance(0.7) ? 1 : 2, () => random.pick(draws)(random, depth)));
};

/** The value with something else at a place, of which an item of a list is any. */
export const changedAt = (random: Random, before: Json | undefined, [token, ...rest]: readonly string[]): Json => {
  if (token === undefined || random.chance(0.1)) return value(random);
  if (token === '*' || Array.isArray(before)) {
    const list: readonly Json[] = Array.isArray(before) ? before : [];
    const index = random.below(list.length + 1);
    if (random.chance(0.1)) return list.toSpliced(index, 1);
    return list.toSpliced(index, 1, changedAt(random, list[index], token === '*' ? rest : [token, ...rest]));
  }
  const object = typeof before === 'object' && before !== null ? Object.entries(before) : [];
  const others = object.filter(([name]) => name !== token);
  if (random.chance(0.15)) return Object.fromEntries(others);
  const old = object.find(([name]) => name === token)?.[1];
  return Object.fromEntries([...others, [token, changedAt(random, old, rest)]]);
};
