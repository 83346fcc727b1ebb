import { readBytes } from './readBytes.ts';

/** A space, tab, line feed or backslash is written in octal there. */
const unescaped = (field: string): string =>
  field.replaceAll(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));

/** What systemd puts in the place of what a service must not see, by the mount's root within its file system. */
const kinds: readonly { root: RegExp; settings: string }[] = [
  { root: /\/systemd\/inaccessible\/(?:dir|reg|sock|fifo|chr|blk)$/, settings: 'InaccessiblePaths= or ProtectHome=' },
  { root: /\/systemd-private-[^/]+\/tmp$/, settings: 'PrivateTmp= or DynamicUser=' },
];

/**
 * The places at which a service sees something empty instead of what the host has there, each with the reason in words.
 *
 * @param mountinfo its mounts, as proc_pid_mountinfo(5) has them; what hides by which mount is systemd.exec(5)'s
 */
export const coversIn = (mountinfo: string): ReadonlyMap<string, string> => {
  const found = new Map<string, string>();
  for (const line of mountinfo.split('\n')) {
    const [, , , root = '', point = ''] = line.split(' ');
    const kind = kinds.find((each) => each.root.test(unescaped(root)));
    if (kind === undefined) continue;
    const path = unescaped(point);
    found.set(path, `${path}: virt-audit's own service hides it (${kind.settings} of its unit)`);
  }
  return found;
};

/** Those of this process. Empty where it has no /proc, and so no systemd either. */
export const covers = (): ReadonlyMap<string, string> => {
  try {
    return coversIn(readBytes('/proc/self/mountinfo'));
  } catch {
    return new Map();
  }
};
