import type { Attempt, RefusedStep } from './attempt.ts';

/** Profiles for what the documentation of AppArmor promises, and for what surprises. */
export const knownProfiles = `
profile known {
  capability,
  network,
  /t/appendable a,
  /t/writable w,
  /t/mine/* rw,
  audit deny owner /t/mine/secret w,
  owner /t/home/** rwkm,
  /t/qemu/** rwk,
  deny /t/qemu/*.org.qemu.guest_agent.0 w,
  /t/linked rl,
  /t/lent rwl,
  /t/target r,
}
profile lax flags=(complain) {
  capability,
  network,
  deny /t/quiet w,
  audit deny /t/aloud w,
}
profile "with a blank (and more)" {
  /t/** r,
  profile child {
    /t/** r,
  }
}
`;

const root = { profile: 'known', uid: 0, owner: 0 } as const;

/** Attempts on them, and the step that the kernel refuses, if any. */
export const knownAttempts: readonly {
  readonly why: string;
  readonly attempt: Attempt;
  readonly refused: RefusedStep;
}[] = [
  {
    why: 'a socket can’t be made where only appending is allowed',
    attempt: { ...root, operation: 'bind', path: '/t/appendable' },
    refused: 1,
  },
  {
    why: 'a file that is there can be appended to with a alone',
    attempt: { ...root, operation: 'append', path: '/t/appendable' },
    refused: 0,
  },
  { why: 'but not be written', attempt: { ...root, operation: 'write', path: '/t/appendable' }, refused: 1 },
  { why: 'w makes a socket', attempt: { ...root, operation: 'bind', path: '/t/writable' }, refused: 0 },
  { why: 'w allows appending', attempt: { ...root, operation: 'append', path: '/t/writable' }, refused: 0 },
  { why: 'w does not allow reading', attempt: { ...root, operation: 'read', path: '/t/writable' }, refused: 1 },
  {
    why: 'a rule about a file is not about a directory of that name',
    attempt: { ...root, operation: 'mkdir', path: '/t/writable/' },
    refused: 1,
  },
  {
    why: 'a deny for owners is about who makes a file',
    attempt: { ...root, operation: 'create', path: '/t/mine/secret' },
    refused: 1,
  },
  {
    why: 'and not about the files of others',
    attempt: { ...root, operation: 'write', owner: 1000, path: '/t/mine/secret' },
    refused: 0,
  },
  { why: 'an owner rule holds for root', attempt: { ...root, operation: 'write', path: '/t/home/a/b' }, refused: 0 },
  {
    why: 'an owner rule does not make root the owner of all',
    attempt: { ...root, operation: 'write', owner: 1000, path: '/t/home/a/b' },
    refused: 1,
  },
  {
    why: 'the local deny that keeps an agent’s socket from being made',
    attempt: { ...root, operation: 'bind', path: '/t/qemu/i-2-10-VM.org.qemu.guest_agent.0' },
    refused: 1,
  },
  {
    why: 'a star does not reach into a directory',
    attempt: { ...root, operation: 'bind', path: '/t/qemu/channel/i-2-10-VM.org.qemu.guest_agent.0' },
    refused: 0,
  },
  {
    why: 'what is opened is locked',
    attempt: { ...root, operation: 'lock-exclusive', path: '/t/qemu/disk' },
    refused: 0,
  },
  {
    why: 'without m nothing is executable in memory',
    attempt: { ...root, operation: 'map-executable', path: '/t/qemu/disk' },
    refused: 2,
  },
  {
    why: 'a link may be as strong as its target',
    attempt: { ...root, operation: 'link', path: '/t/linked', other: '/t/target' },
    refused: 0,
  },
  {
    why: 'a link may not be stronger than its target',
    attempt: { ...root, operation: 'link', path: '/t/lent', other: '/t/target' },
    refused: 1,
  },
  {
    why: 'but only who owns the target is held to that',
    attempt: { ...root, operation: 'link', owner: 1000, path: '/t/lent', other: '/t/target' },
    refused: 0,
  },
  { why: 'looking at a file needs no rule', attempt: { ...root, operation: 'stat', path: '/t/none' }, refused: 0 },
  {
    why: 'complain mode lets through',
    attempt: { ...root, profile: 'lax', operation: 'bind', path: '/t/any' },
    refused: 0,
  },
  {
    why: 'complain mode still enforces a quiet deny',
    attempt: { ...root, profile: 'lax', operation: 'bind', path: '/t/quiet' },
    refused: 1,
  },
  {
    why: 'complain mode lets an audited deny through',
    attempt: { ...root, profile: 'lax', operation: 'bind', path: '/t/aloud' },
    refused: 0,
  },
];
