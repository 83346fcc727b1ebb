import type { HostTree } from '../hostTree.ts';

/** What the kernel says of AppArmor. */
export interface AppArmorState {
  /** Undefined when it can't be known; `why` then says why. */
  enabled: boolean | undefined;
  /** Loaded profiles and their modes; undefined when they can't be known. */
  loaded: ReadonlyMap<string, string> | undefined;
  why: string;
  /** The security modules in force, `/sys/kernel/security/lsm`; undefined where that file is not there. */
  lsm?: readonly string[];
}

const parameter = '/sys/module/apparmor/parameters/enabled';
/** Where the kernel lists the security modules in force. */
export const lsm = '/sys/kernel/security/lsm';
const profiles = '/sys/kernel/security/apparmor/profiles';

/** One `NAME (MODE)` per line; names may hold blanks and parentheses, so the last ` (` splits. */
const parseProfiles = (text: string): ReadonlyMap<string, string> =>
  new Map(
    text
      .split('\n')
      .filter((line) => line.endsWith(')'))
      .map((line): [string, string] => {
        const split = line.lastIndexOf(' (');
        return [line.slice(0, split), line.slice(split + 2, -1)];
      }),
  );

const unknown = (why: string): AppArmorState => ({ enabled: undefined, loaded: undefined, why });

/** Reads what securityfs and the module's parameter say (kernel doc "AppArmor"; apparmor(7)). */
export const apparmorState = (tree: HostTree): AppArmorState => {
  const enabled = tree.read(parameter);
  if (enabled === undefined) {
    return tree.directory('/sys/module') === undefined
      ? unknown('the host root holds no kernel state (/sys/module); audit the running host to learn it')
      : { enabled: false, loaded: new Map(), why: '' };
  }
  if ('unreadable' in enabled) return unknown(enabled.unreadable);
  if (!enabled.text.startsWith('Y')) return { enabled: false, loaded: new Map(), why: '' };
  const list = tree.read(profiles);
  if (list === undefined) {
    return {
      enabled: true,
      loaded: undefined,
      why: `${profiles} is missing; mount securityfs on /sys/kernel/security`,
    };
  }
  const modules = tree.read(lsm);
  const inForce = modules !== undefined && 'text' in modules ? { lsm: modules.text.trim().split(',') } : {};
  return 'unreadable' in list
    ? { enabled: true, loaded: undefined, why: list.unreadable, ...inForce }
    : { enabled: true, loaded: parseProfiles(list.text), why: '', ...inForce };
};
