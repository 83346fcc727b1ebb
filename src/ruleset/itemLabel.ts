import type { Json, JsonObject } from '../model/json.ts';
import { memberAt, pointerTokens, toPointer, valueAt } from '../model/pointer.ts';

/** Where the items of lists say what they are, best first: libvirt's devices, then facts of our own. */
const labels = ['/target/@name', '/target/@dev', '/mac/@address', '/path', '/name', '/@name'];

/**
 * What a person would call the list item that the place `at` lies in: `org.qemu.guest_agent.0` tells more than
 * `/channel/1`. Undefined outside lists, for items without a name, and where the name itself is the place.
 */
export const itemLabel = (facts: JsonObject, at: string): string | undefined => {
  const tokens = pointerTokens(at);
  let value: Json | undefined = facts;
  let label: string | undefined;
  for (const [index, token] of tokens.entries()) {
    const item: Json | undefined = memberAt(value, token);
    if (Array.isArray(value)) {
      const rest = toPointer(tokens.slice(index + 1));
      const place = labels.find((pointer) => pointer !== rest && typeof valueAt(item, pointer) === 'string');
      label = place === undefined ? undefined : String(valueAt(item, place));
    }
    value = item;
  }
  return label;
};
