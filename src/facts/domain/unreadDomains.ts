import type { ParsedDomain } from './parsedDomain.ts';

/**
 * Why nobody can say that no other domain has something: other domains have definitions that could not be read. Undefined
 * where all could. A domain's own unread definition does not matter, since its two definitions never run side by side.
 */
export const unreadDomains = (domains: readonly ParsedDomain[]): ((asking: ParsedDomain) => string | undefined) => {
  const unread = new Map<string, string>();
  for (const parsed of domains) {
    if (parsed.domain === undefined) unread.set(parsed.uuid ?? parsed.name, parsed.name);
  }
  return (asking) => {
    const identity = asking.uuid ?? asking.name;
    const others = unread.size - (unread.has(identity) ? 1 : 0);
    if (others === 0) return undefined;
    const names = [...unread].filter(([id]) => id !== identity).map(([, name]) => name);
    const first = names.sort()[0];
    const more = others === 1 ? '' : ` and ${others - 1} other${others === 2 ? '' : 's'}`;
    return `what ${first}${more} ${others === 1 ? 'has' : 'have'} is unknown, since the definition could not be read`;
  };
};

/** What is known of other domains that use the same thing as this one. */
export interface OtherUsers<Thing> {
  /** Names of the other domains that do. */
  readonly of: (thing: Thing) => readonly string[];
  /** Why there may be more. */
  readonly unread?: string | undefined;
}
