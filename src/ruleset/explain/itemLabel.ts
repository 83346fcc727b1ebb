import type { Json, JsonObject } from '../../model/json.ts';
import { memberAt, pointerTokens, toPointer, valueAt } from '../../model/pointer.ts';

/** Where the items of lists say what they are, best first: libvirt's devices, then facts of our own. */
const labels = ['/target/@name', '/target/@dev', '/mac/@address', '/path', '/name', '/@name'];

/**
 * What a person would call the list item that the place `at` lies in: `org.qemu.guest_agent.0` tells more than
 * `/channel/1`. Undefined outside lists, for items without a name, and where the name itself is the place.
 */
export const itemLabel = (facts: JsonObject, at: string): string | undefined => {
  const tokens = pointerTokens(at);
  let value: Json | undefined = facts;
  let inner: { item: Json | undefined; depth: number } | undefined;
  let depth = 0;
  for (const token of tokens) {
    const item = memberAt(value, token);
    depth += 1;
    if (Array.isArray(value)) inner = { item, depth };
    value = item;
  }
  if (inner === undefined) return undefined;
  const { item } = inner;
  const rest = toPointer(tokens.slice(inner.depth));
  const place = labels.find((pointer) => pointer !== rest && typeof valueAt(item, pointer) === 'string');
  return place === undefined ? undefined : String(valueAt(item, place));
};
