/** What virsh finds a domain by: its uuid, since a name may hold what XML or a shell writes differently; else its name. */
export const domainKey = (xml: string): string =>
  /<uuid>\s*([0-9A-Fa-f-]{32,36})\s*<\/uuid>/.exec(xml)?.[1] ?? /<name>([^<]*)<\/name>/.exec(xml)?.[1] ?? '';
