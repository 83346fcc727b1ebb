/** An option's value as QEMU takes it apart: what the option is of, and its properties. */
export interface OptionValue {
  /** What is named first and mostly without its key: the driver of `-device`, the backend of `-chardev`. */
  type?: string;
  properties: ReadonlyMap<string, string>;
}

/** The key that the first part of a value may leave out (QEMU's `implied_opt_name`). */
const implied: Readonly<Record<string, string>> = {
  '-accel': 'accel',
  '-chardev': 'backend',
  '-cpu': 'model',
  '-device': 'driver',
  '-display': 'type',
  '-fsdev': 'fsdriver',
  '-global': 'driver',
  '-machine': 'type',
  '-mon': 'chardev',
  '-net': 'type',
  '-netdev': 'type',
  '-numa': 'type',
  '-object': 'qom-type',
  '-smp': 'cpus',
  '-virtfs': 'fsdriver',
  '-vnc': 'vnc',
};

/** `-device {"driver":"sga"}`: options that QEMU's schema describes take JSON, too. */
const ofJson = (text: string): ReadonlyMap<string, string> | undefined => {
  if (!text.startsWith('{')) return undefined;
  try {
    const entries = Object.entries(JSON.parse(text) as Record<string, unknown>);
    return new Map(entries.map(([key, value]) => [key, value === true ? 'on' : value === false ? 'off' : `${value}`]));
  } catch {
    // QEMU refuses it, too, for another reason.
    return new Map();
  }
};

/** `a=b,flag,noflag`: a comma in a value is doubled, and a flag stands for `flag=on`, with `no` before it for `flag=off`. */
const ofKeys = (text: string, first: string | undefined): ReadonlyMap<string, string> => {
  const properties = new Map<string, string>();
  for (const [index, part] of (text.match(/(?:[^,]|,,)+/g) ?? []).entries()) {
    const at = part.indexOf('=');
    if (at >= 0) properties.set(part.slice(0, at), part.slice(at + 1).replaceAll(',,', ','));
    else if (index === 0 && first !== undefined) properties.set(first, part.replaceAll(',,', ','));
    else {
      properties.set(part, 'on');
      if (part.startsWith('no')) properties.set(part.slice(2), 'off');
    }
  }
  return properties;
};

/** `-global isa-fdc.driveA=x` is short for `driver=isa-fdc,property=driveA,value=x`. */
const ofGlobal = (text: string): ReadonlyMap<string, string> => {
  const [, driver, property, value = ''] = /^([^.=]+)\.([^=]+)=(.*)$/s.exec(text) ?? [];
  if (driver !== undefined && property !== undefined)
    return new Map([
      ['driver', driver],
      [property, value],
    ]);
  const said = ofKeys(text, undefined);
  return new Map([...said, [said.get('property') ?? '', said.get('value') ?? '']]);
};

/**
 * Takes an option's value apart, in any of the forms that QEMU reads (qemu(1); docs/devel/qapi-code-gen.rst; QemuOpts).
 *
 * @param option by its name with one dash
 */
export const optionValue = (option: string, text: string): OptionValue => {
  const key = implied[option];
  const properties = ofJson(text) ?? (option === '-global' ? ofGlobal(text) : ofKeys(text, key));
  const type = key === undefined ? undefined : properties.get(key);
  return { properties, ...(type === undefined ? {} : { type }) };
};
