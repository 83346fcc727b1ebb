import type { PrivateLibvirt } from '../privateLibvirt.ts';

/** What libvirt says as it refuses; undefined where it does not. */
export type Refusal = string | undefined;

/** What comes of an attempt. */
export const refusalOf = (attempt: Promise<unknown>): Promise<Refusal> =>
  attempt.then(
    () => undefined,
    (error: Error) => error.message,
  );

/** Defines each domain that libvirt lets be defined. */
export const defineEach = async (
  libvirt: PrivateLibvirt,
  domains: Iterable<{ name: string; xml: string }>,
): Promise<Map<string, Refusal>> => {
  const refusals = new Map<string, Refusal>();
  for (const { name, xml } of domains) refusals.set(name, await refusalOf(libvirt.define(xml)));
  return refusals;
};

/** What libvirt says where QEMU ended before it could be asked why: its own words are told by another attempt. */
const tooEarly = /failed to connect to monitor socket|unexpectedly closed the monitor \(vm='[^']*'\)\s*$/;
const mostAttempts = 10;

/** What comes of an attempt that starts QEMU, in QEMU's own words where it refuses. */
export const toldRefusalOf = async (attempt: () => Promise<unknown>): Promise<Refusal> => {
  let refusal: Refusal;
  for (let attempts = 0; attempts < mostAttempts; attempts++) {
    refusal = await refusalOf(attempt());
    if (refusal === undefined || !tooEarly.test(refusal)) break;
  }
  return refusal;
};

/** Starts each domain, for a moment only. */
export const startEach = async (libvirt: PrivateLibvirt, names: Iterable<string>): Promise<Map<string, Refusal>> => {
  const refusals = new Map<string, Refusal>();
  for (const name of names) {
    const refusal = await toldRefusalOf(() => libvirt.start(name));
    refusals.set(name, refusal);
    if (refusal === undefined) await libvirt.destroy(name);
  }
  return refusals;
};
