/** A domain's state, folded from libvirt's virDomainState to what an audit tells apart. */
export const domainStates = ['running', 'paused', 'shutoff', 'crashed', 'other'] as const;

export type DomainState = (typeof domainStates)[number];
