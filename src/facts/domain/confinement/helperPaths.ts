import { isObject, type Json, type JsonObject } from '../../../model/json.ts';
import { valueAt } from '../../../model/pointer.ts';
import { remembered } from '../../../model/remembered.ts';
import type { StoredDisk } from '../disks/storedDisks.ts';
import type { ParsedDomain } from '../parsedDomain.ts';

/** A path that virt-aa-helper is given, as the domain's XML has it. */
export interface HelperPath {
  /** The element that names it. */
  element: string;
  path: string;
  /** Whether the domain's profile is to let QEMU write it. */
  written: boolean;
  /** An image or a folder, which may well be a link to where the file is; sockets and logs are made at their path. */
  mayBeLink: boolean;
}

const listOf = (value: Json | undefined): readonly JsonObject[] =>
  (Array.isArray(value) ? (value as readonly Json[]) : [value]).filter(isObject);

/** An attribute's text or an element's, whether or not that has attributes beside it. */
const text = (from: Json | undefined, pointer: string): string => {
  const value = valueAt(from, pointer);
  const found = typeof value === 'object' && value !== null ? (value as JsonObject)['#text'] : value;
  return typeof found === 'string' ? found : '';
};

const image = (element: string, path: string, written: boolean): HelperPath => ({
  element,
  path,
  written,
  mayBeLink: true,
});

const device = (element: string, path: string): HelperPath => ({ element, path, written: true, mayBeLink: false });

/** A disk and, for reading only, the images below it. */
const diskPaths = (disks: readonly StoredDisk[]): HelperPath[] =>
  disks.flatMap(({ disk, path = text(disk, '/source/@dir'), layers }) => {
    const written = !('readonly' in disk) && disk['@device'] !== 'cdrom';
    return [image('disk', path, written), ...layers.below.map((layer) => image('disk', layer.path ?? '', false))];
  });

const bootPaths = (domain: JsonObject): HelperPath[] => [
  ...['kernel', 'initrd', 'dtb', 'loader'].map((name) => image(name, text(domain, `/os/${name}`), false)),
  ...listOf(valueAt(domain, '/os/acpi')).flatMap(({ table }) =>
    (Array.isArray(table) ? table : [table]).map((each) => image('acpi', text(each, ''), false)),
  ),
  ...listOf(valueAt(domain, '/sysinfo')).flatMap(({ entry }) =>
    listOf(entry).map((each) => image('sysinfo', text(each, '/@file'), false)),
  ),
  device('nvram', text(domain, '/os/nvram')),
  device('nvram', text(domain, '/os/nvram/source/@file')),
];

const fileTypes = new Set<Json | undefined>(['pty', 'dev', 'file', 'unix', 'pipe']);

/** Of a pipe the two ends, of consoles the path as it is. */
const characterPaths = (devices: JsonObject): HelperPath[] =>
  ['serial', 'console', 'parallel', 'channel'].flatMap((element) =>
    listOf(devices[element]).flatMap((each) => {
      const path = text(each, '/source/@path');
      if (path === '' || !fileTypes.has(each['@type'])) return [];
      const ends = each['@type'] === 'pipe' && element !== 'console' ? ['.in', '.out'] : [''];
      return ends.map((end) => device(element, `${path}${end}`));
    }),
  );

/** Folders that QEMU itself shares; virtiofsd does without the profile. */
const sharedFolders = (devices: JsonObject): HelperPath[] =>
  listOf(devices.filesystem).flatMap((each) =>
    (each['@type'] ?? 'mount') === 'mount' && ['', 'path'].includes(text(each, '/driver/@type'))
      ? [image('filesystem', text(each, '/source/@dir'), !('readonly' in each))]
      : [],
  );

const otherPaths = (devices: JsonObject): HelperPath[] => [
  ...listOf(devices.graphics).flatMap((each) => [
    device('graphics', text(each, '/@socket')),
    ...listOf(each.listen).map((listen) => device('graphics', text(listen, '/@socket'))),
  ]),
  ...listOf(devices.input).flatMap((each) =>
    ['/source/@dev', '/source/@evdev'].map((at) => device('input', text(each, at))),
  ),
  ...listOf(devices.interface)
    .filter((each) => each['@type'] === 'vhostuser')
    .map((each) => device('interface', text(each, '/source/@path'))),
  ...listOf(devices.memory)
    .filter((each) => each['@model'] === 'nvdimm' || each['@model'] === 'virtio-pmem')
    .map((each) => image('memory', text(each, '/source/path'), true)),
  ...listOf(devices.shmem).map((each) => device('shmem', text(each, '/server/@path'))),
];

const isAbsolute = ({ path }: HelperPath): boolean => path.startsWith('/');

/** All but those of the disks. */
const besideDisks = remembered(({ domain }: ParsedDomain): readonly HelperPath[] => {
  if (domain === undefined) return [];
  const [devices = {}] = listOf(domain.devices);
  const found = [bootPaths(domain), characterPaths(devices), sharedFolders(devices), otherPaths(devices)];
  return found.flat().filter(isAbsolute);
});

/**
 * The paths of a domain that virt-aa-helper looks at and writes into its profile; relative ones it leaves out. Each was tried
 * with `virt-aa-helper --dryrun` of libvirt 9.0.0.
 *
 * @param disks the domain's, with what they lie on
 */
export const helperPaths = (parsed: ParsedDomain, disks: readonly StoredDisk[]): readonly HelperPath[] => [
  ...diskPaths(disks).filter(isAbsolute),
  ...besideDisks(parsed),
];
