/**
 * Children that libvirt's schemas let repeat and libvirt doesn't, by parent: arrays would only be in the rules' way.
 *
 * - A character device has one source. Type `udp` alone may have two, one to bind and one to connect; those are an array then
 *   (virDomainChrSourceDefParseXML).
 * - A device's `seclabel` has one label (virSecurityDeviceLabelDefParseXML); the domain's own `seclabel`, too, in the schema as well.
 */
export const singleInPractice: ReadonlyMap<string, string> = new Map([
  ['backend', 'source'],
  ['channel', 'source'],
  ['console', 'source'],
  ['parallel', 'source'],
  ['redirdev', 'source'],
  ['seclabel', 'label'],
  ['serial', 'source'],
  ['smartcard', 'source'],
]);
