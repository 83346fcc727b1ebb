import type { ProfileMode } from '../profile.ts';

const modes: ReadonlyMap<string, ProfileMode> = new Map([
  ['complain', 'complain'],
  ['kill', 'kill'],
  ['unconfined', 'unconfined'],
  // The kernel gets the same mode word for both.
  ['default_allow', 'unconfined'],
  ['prompt', 'prompt'],
]);

/** Flags that have no say in whether a path may be accessed. */
const neutral = new Set([
  'audit',
  'hat',
  'chroot_relative',
  'namespace_relative',
  'mediate_deleted',
  'delegate_deleted',
  'attach_disconnected',
  'no_attach_disconnected',
  'chroot_attach',
  'chroot_no_attach',
  'interruptible',
]);

/** The mode that a profile's flags ask for, and the flags that are not known here. */
export function profileMode(flags: readonly string[]): {
  readonly mode: ProfileMode;
  readonly conflict: boolean;
  readonly unknown: readonly string[];
} {
  const asked = [...new Set(flags.filter((flag) => modes.has(flag)))];
  const unknown = flags.filter(
    (flag) =>
      !modes.has(flag) && !neutral.has(flag) && !/^(?:attach_disconnected\.path|kill\.signal|error)=/.test(flag),
  );
  return { mode: modes.get(asked[0] ?? '') ?? 'enforce', conflict: asked.length > 1, unknown };
}
