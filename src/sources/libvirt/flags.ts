/** libvirt's own numbers (libvirt-domain.h), kept here so that the binding is loaded only when a connection is opened. */
export const listFlag = { transient: 8, paused: 32, other: 128 } as const;

/** virDomainXMLFlags. VIR_DOMAIN_XML_SECURE (1) is never asked for. */
export const xmlFlag = { none: 0, inactive: 2 } as const;

/** virDomainState. */
export const nativeState = {
  running: 1,
  blocked: 2,
  paused: 3,
  shutoff: 5,
  crashed: 6,
  suspended: 7,
} as const;
