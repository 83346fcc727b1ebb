import type { Json, JsonObject } from '../../model/json.ts';
import { valueAt } from '../../model/pointer.ts';

/** A place of a domain's XML whose value must be among those of an enum of the domain capabilities. */
interface EnumPlace {
  /** Where the elements are: a list or one. */
  at: string;
  value: string;
  /** Only of elements on which this attribute has this value. */
  where?: readonly [attribute: string, value: string];
  /** What libvirt takes where the XML is silent. */
  otherwise?: string;
  element: string;
  name: string;
}

/** By formatdomaincaps, "Devices", "Memory backing" and "Features", and formatdomain. */
const places: readonly EnumPlace[] = [
  { at: '/os', value: '/@firmware', element: 'os', name: 'firmware' },
  { at: '/launchSecurity', value: '/@type', element: 'launchSecurity', name: 'sectype' },
  { at: '/memoryBacking/source', value: '/@type', element: 'memoryBacking', name: 'sourceType' },
  { at: '/devices/disk', value: '/@device', otherwise: 'disk', element: 'disk', name: 'diskDevice' },
  { at: '/devices/disk', value: '/target/@bus', element: 'disk', name: 'bus' },
  { at: '/devices/graphics', value: '/@type', element: 'graphics', name: 'type' },
  { at: '/devices/video', value: '/model/@type', element: 'video', name: 'modelType' },
  { at: '/devices/hostdev', value: '/@mode', element: 'hostdev', name: 'mode' },
  { at: '/devices/hostdev', value: '/@type', where: ['@mode', 'subsystem'], element: 'hostdev', name: 'subsysType' },
  { at: '/devices/rng', value: '/@model', element: 'rng', name: 'model' },
  { at: '/devices/rng', value: '/backend/@model', element: 'rng', name: 'backendModel' },
  { at: '/devices/filesystem', value: '/driver/@type', element: 'filesystem', name: 'driverType' },
  { at: '/devices/interface', value: '/backend/@type', element: 'interface', name: 'backendType' },
  { at: '/devices/tpm', value: '/@model', element: 'tpm', name: 'model' },
  { at: '/devices/tpm', value: '/backend/@type', element: 'tpm', name: 'backendModel' },
  { at: '/devices/tpm', value: '/backend/@version', element: 'tpm', name: 'backendVersion' },
  { at: '/devices/redirdev', value: '/@bus', element: 'redirdev', name: 'bus' },
  { at: '/devices/channel', value: '/@type', element: 'channel', name: 'type' },
  { at: '/devices/crypto', value: '/@model', element: 'crypto', name: 'model' },
  { at: '/devices/panic', value: '/@model', element: 'panic', name: 'model' },
];

/** One value that a domain asks an enum for. */
export interface EnumUse {
  /** The place in the domain's XML, as a pointer below the domain. */
  at: string;
  value: string;
  element: string;
  name: string;
}

const elementsAt = (domain: JsonObject, at: string): readonly (readonly [string, JsonObject])[] => {
  const found: Json | undefined = valueAt(domain, at);
  if (Array.isArray(found)) return found.map((item, index) => [`${at}/${index}`, item as JsonObject]);
  return typeof found === 'object' && found !== null ? [[at, found as JsonObject]] : [];
};

/** Every value in a domain's XML that the emulator must offer. */
export const enumUses = (domain: JsonObject): EnumUse[] =>
  places.flatMap(({ at, value, where, otherwise, element, name }) =>
    elementsAt(domain, at).flatMap(([place, item]): EnumUse[] => {
      if (where !== undefined && item[where[0]] !== where[1]) return [];
      const asked = valueAt(item, value) ?? otherwise;
      return typeof asked === 'string' && asked !== 'none'
        ? [{ at: `${place}${value}`, value: asked, element, name }]
        : [];
    }),
  );
