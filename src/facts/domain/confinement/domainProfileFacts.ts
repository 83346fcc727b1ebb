import type { Policy } from '../../../apparmor/index.ts';
import { fromBytes } from '../../../model/bytes.ts';
import type { JsonObject } from '../../../model/json.ts';
import type { Unknown } from '../../../model/subject.ts';
import { domainPolicy } from '../../host/apparmor/libvirtProfiles.ts';
import { forbiddenToDomains, writableIn } from '../../host/apparmor/policyReach.ts';
import type { HostTree } from '../../host/hostTree.ts';
import { unreadableAs } from '../../host/unreadable.ts';
import type { ParsedDomain } from '../parsedDomain.ts';
import { waysOut } from './waysOut.ts';

/** Disks of all domains, and who has which. */
export interface Disks {
  readonly paths: readonly string[];
  readonly owners: ReadonlyMap<string, ReadonlySet<string>>;
  /** Why other domains may have more disks than these. */
  readonly unread?: string | undefined;
}

const textOf = (tree: HostTree, name: string): string | undefined => {
  const known = tree.read(`${domainPolicy}/${name}`);
  return known !== undefined && 'text' in known ? known.text : undefined;
};

const lines = (text: string): readonly string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !/^#(?!include)/.test(line));

/** Lines of the domain's profile that neither the template nor virt-aa-helper put there. */
const editedLines = (tree: HostTree, name: string): readonly string[] | undefined => {
  const [own, template] = [textOf(tree, name), textOf(tree, 'TEMPLATE.qemu')];
  if (own === undefined || template === undefined) return undefined;
  const expected = new Set(lines(template.replaceAll('LIBVIRT_TEMPLATE', name)));
  const generated = new RegExp(`^#?include (?:if exists )?<libvirt/${name}\\.files>$`);
  return lines(own)
    .filter((line) => !expected.has(line) && !generated.test(line))
    .map(fromBytes);
};

/**
 * When a domain stops, libvirt deletes the file of its paths and leaves the profile that includes it; both are made anew
 * when it starts (seen with libvirt 9.0). What is left then confines nothing and can't be loaded.
 */
const isLeftOver = ({ state }: ParsedDomain, name: string, tree: HostTree): boolean =>
  state === 'shutoff' && tree.read(`${domainPolicy}/${name}.files`) === undefined;

/** `profile`: the domain's own profile on disk, and what it reaches that no domain should. Absent where there is none. */
export const domainProfileFacts = (
  domain: ParsedDomain,
  tree: HostTree,
  policy: Policy,
  disks: Disks,
): { facts: JsonObject; unknown: readonly Unknown[] } => {
  const { uuid, name: called } = domain;
  const name = `libvirt-${uuid}`;
  const profile = policy.profiles.get(name);
  if (uuid === undefined) return { facts: {}, unknown: [] };
  if (profile === undefined) return { facts: {}, unknown: unreadableAs(tree, [`${domainPolicy}/${name}`], '/profile') };
  const reaches = writableIn(policy, name, forbiddenToDomains);
  const otherDisks = policy
    .allowedAmong(name, 'w', disks.paths)
    .filter((path) => !disks.owners.get(path)?.has(uuid ?? called))
    .map(fromBytes);
  const edited = editedLines(tree, name);
  const about = { file: fromBytes(profile.file), ...(edited === undefined ? {} : { edited }) };
  const unread = unreadableAs(tree, [`${domainPolicy}/${name}`, `${domainPolicy}/TEMPLATE.qemu`], '/profile/edited');
  const includesFiles = profile.problems.some(({ message }) => message.includes(`${name}.files`));
  if (includesFiles && isLeftOver(domain, name, tree)) return { facts: { profile: about }, unknown: unread };
  const [problem] = profile.problems;
  const why = problem === undefined ? undefined : fromBytes(`${problem.file}:${problem.line}: ${problem.message}`);
  const unsure = reaches.unknown ?? why;
  return {
    facts: {
      profile: {
        ...about,
        reaches: reaches.found,
        otherDisks,
        unconfinedExecs: waysOut(profile, policy),
      },
    },
    unknown: [
      ...unread,
      ...(unsure === undefined
        ? []
        : ['reaches', 'otherDisks', 'unconfinedExecs'].map((fact) => ({ at: `/profile/${fact}`, reason: unsure }))),
      ...(disks.unread === undefined || otherDisks.length > 0
        ? []
        : [{ at: '/profile/otherDisks', reason: disks.unread }]),
    ],
  };
};
