import { isObject, type Json, type JsonObject } from '../../model/json.ts';
import { valueAt } from '../../model/pointer.ts';
import { remembered } from '../../model/remembered.ts';
import type { Unknown } from '../../model/subject.ts';
import type { HostTree } from '../host/hostTree.ts';
import type { Learnt } from '../host/learnt.ts';
import { presenceOf } from '../host/presence.ts';
import type { ParsedDomain } from './parsedDomain.ts';

/** A file of the host that a domain's XML names and that must be there before the domain can start. */
interface NamedFile {
  /** The element that names it. */
  element: string;
  path: string;
}

const text = (value: Json | undefined): string => {
  const found = typeof value === 'object' && value !== null ? (value as JsonObject)['#text'] : value;
  return typeof found === 'string' ? found : '';
};

const absolute = (files: readonly NamedFile[]): NamedFile[] => files.filter(({ path }) => path.startsWith('/'));

const items = (domain: JsonObject, at: string): readonly JsonObject[] => {
  const found = valueAt(domain, at);
  return Array.isArray(found) ? (found as readonly JsonObject[]) : [];
};

/**
 * Option ROMs (formatdomain, "Network interfaces" and "Host device assignment"; other devices have none). With bar='off' QEMU
 * starts without the file.
 */
const optionRoms = (domain: JsonObject): NamedFile[] =>
  [...items(domain, '/devices/interface'), ...items(domain, '/devices/hostdev')].flatMap((device) =>
    valueAt(device, '/rom/@bar') === 'off' ? [] : [{ element: 'rom', path: text(valueAt(device, '/rom/@file')) }],
  );

/** What `<os>` names, which is the very same in domains that are made alike. */
const osFiles = remembered((os: JsonObject): readonly NamedFile[] =>
  absolute([
    ...['loader', 'kernel', 'initrd', 'dtb'].map((element) => ({ element, path: text(os[element]) })),
    { element: 'nvram', path: text(valueAt(os, '/nvram/@template')) },
    ...items(os, '/acpi/table').map((table) => ({ element: 'table', path: text(table) })),
  ]),
);

/** What the guest boots from. Not `<nvram>` itself: libvirt makes it from the template when it is missing. */
const bootFiles = remembered((domain: JsonObject): readonly NamedFile[] => {
  const { os } = domain;
  return [...(isObject(os) ? osFiles(os) : []), ...absolute(optionRoms(domain))];
});

/** What the daemon starts for the domain. */
const programs = remembered((domain: JsonObject): readonly NamedFile[] =>
  absolute([
    { element: 'emulator', path: text(valueAt(domain, '/devices/emulator')) },
    ...items(domain, '/devices/filesystem').map((filesystem) => ({
      element: 'filesystem',
      path: text(valueAt(filesystem, '/binary/@path')),
    })),
  ]),
);

/** The paths of these files. */
export const namedFilePaths = ({ domain }: ParsedDomain): string[] =>
  domain === undefined ? [] : [...bootFiles(domain), ...programs(domain)].map(({ path }) => path);

/** `files`: whether what the domain boots from and what is started for it are there. */
export const namedFiles = ({ domain }: ParsedDomain, tree: HostTree): Learnt => {
  const unknown: Unknown[] = [];
  const facts = (kind: string, files: readonly NamedFile[]): JsonObject[] =>
    files.map(({ element, path }, index) => {
      const presence = presenceOf(tree, path);
      if (presence.is === 'unknown') unknown.push({ at: `/files/${kind}/${index}/missing`, reason: presence.why });
      return { element, path, ...(presence.is === 'missing' ? { missing: 'there is no such file' } : {}) };
    });
  if (domain === undefined) return { facts: {}, unknown };
  return {
    facts: { files: { boot: facts('boot', bootFiles(domain)), programs: facts('programs', programs(domain)) } },
    unknown,
  };
};
