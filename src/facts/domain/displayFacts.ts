import type { Json, JsonObject } from '../../model/json.ts';
import { valueAt } from '../../model/pointer.ts';

/** Whether a display's XML leaves its address to the host: neither an address nor a socket, nor that it listens nowhere. */
const saysNoAddress = (display: Json): boolean => {
  if (valueAt(display, '/@listen') !== undefined || valueAt(display, '/@socket') !== undefined) return false;
  const listens = valueAt(display, '/listen');
  return (Array.isArray(listens) ? (listens as readonly Json[]) : []).every(
    (listen) => (valueAt(listen, '/@type') ?? 'address') === 'address' && valueAt(listen, '/@address') === undefined,
  );
};

/**
 * `displays.byDefault`: the types of those displays whose XML says no address. On which one they listen, qemu.conf's
 * `vnc_listen` and `spice_listen` say (formatdomain, "Graphical framebuffers"); the XML of a running domain has it.
 */
export const displayFacts = (domain: JsonObject): JsonObject => {
  const displays = valueAt(domain, '/devices/graphics');
  const found = (Array.isArray(displays) ? (displays as readonly Json[]) : []).filter(saysNoAddress);
  return { displays: { byDefault: found.map((display) => valueAt(display, '/@type') ?? null) } };
};
