import { createHmac, randomBytes } from 'node:crypto';
import { getRounds, truncates } from 'bcryptjs';
import { createPasswordThread } from './passwordThread.ts';
import { createTurns } from './turns.ts';

/** Whether a request may be served; `busy` where too many passwords wait to be checked. */
export type Verdict = 'granted' | 'denied' | 'busy';

/** Users and their bcrypt hashes, by name. */
export type BasicAuthUsers = Readonly<Record<string, string>>;

/** Judges the value of a request’s `Authorization` header. @param holder who stands behind the client's address */
export type BasicAuth = (header: string | undefined, holder: string) => Promise<Verdict>;

/** Whether a password has a hash; takes as long for any password and any hash of one cost. */
type Compare = (password: string, hash: string) => Promise<boolean>;

/** One for all, whatever a reload makes anew. */
const bcryptCompare: Compare = createPasswordThread();

/** Pairs remembered, right and wrong ones apart, so that many wrong ones can't push out a right one. */
const remembered = 128;

/** Checks under way or waiting: one takes tenths of a second on purpose. */
const maxWaiting = 8;

/** `Basic`, then base64 of `user:password` (RFC 7617). */
const credentials = (header: string | undefined): { user: string; password: string } | undefined => {
  const encoded = /^basic +([A-Za-z0-9+/]+={0,2})$/i.exec(header ?? '')?.[1];
  if (encoded === undefined) return undefined;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return colon === -1 ? undefined : { user: text.slice(0, colon), password: text.slice(colon + 1) };
};

/** A set that forgets its oldest. */
const createMemory = () => {
  const keys = new Set<string>();
  return {
    has: (key: string): boolean => keys.has(key),
    add: (key: string): void => {
      keys.add(key);
      const [oldest] = keys;
      if (keys.size > remembered && oldest !== undefined) keys.delete(oldest);
    },
  };
};

/** A hash that no password has, as costly to check as the users' own: that a name is unknown must not show in the time. */
const hashOfNobody = (users: BasicAuthUsers): string => {
  const [first] = Object.values(users);
  const cost = first === undefined ? 10 : getRounds(first);
  return `$2b$${String(cost).padStart(2, '0')}$${'.'.repeat(53)}`;
};

/**
 * Checks `Authorization` headers against users; without any users, every request is granted. A pair once checked is
 * remembered as its keyed SHA-256, never as text.
 *
 * @param compare is replaced where this function itself is tested
 */
export const createBasicAuth = (users: BasicAuthUsers, compare: Compare = bcryptCompare): BasicAuth => {
  if (Object.keys(users).length === 0) return async () => 'granted';
  const known = new Map(Object.entries(users));
  const nobody = hashOfNobody(users);
  const secret = randomBytes(32);
  const right = createMemory();
  const wrong = createMemory();
  const underway = new Map<string, Promise<Verdict>>();
  // One at a time, and of guesses in plenty each address has few before who asks from another.
  const turns = createTurns(maxWaiting);

  const matches = async (user: string, password: string): Promise<boolean> => {
    const found = await compare(password, known.get(user) ?? nobody);
    // bcrypt reads no more than 72 bytes; Go's, which made the file's format, refuses longer ones too.
    return found && known.has(user) && !truncates(password);
  };

  const check = (key: string, user: string, password: string, holder: string): Promise<Verdict> => {
    const checked = turns(holder, () => matches(user, password))
      .then((found): Verdict => {
        if (found === undefined) return 'busy';
        (found ? right : wrong).add(key);
        return found ? 'granted' : 'denied';
      })
      .finally(() => underway.delete(key));
    underway.set(key, checked);
    return checked;
  };

  return async (header, holder) => {
    const given = credentials(header);
    if (given === undefined) return 'denied';
    const { user, password } = given;
    const key = createHmac('sha256', secret)
      .update(JSON.stringify([user, password]))
      .digest('base64');
    if (right.has(key)) return 'granted';
    if (wrong.has(key)) return 'denied';
    return underway.get(key) ?? check(key, user, password, holder);
  };
};
