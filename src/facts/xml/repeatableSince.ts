/**
 * Children that repeat in later releases of libvirt and not in that whose schemas elements.json is from, by parent. As arrays
 * everywhere, so that a rule needs one form for all.
 *
 * - `watchdog`: a domain may have several since 9.1.0, and every q35 machine comes to have an itco (formatdomain, "Watchdog
 *   devices").
 * - `iommu`: later there may be several, too (virDomainDef's `niommus`).
 * - `secret` of an `encryption`: one for each layer of an RBD image (formatstorageencryption).
 */
export const repeatableSince: ReadonlyMap<string, readonly string[]> = new Map([
  ['devices', ['iommu', 'watchdog']],
  ['encryption', ['secret']],
]);
