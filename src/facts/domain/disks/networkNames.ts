import type { Json, JsonObject } from '../../../model/json.ts';
import { valueAt } from '../../../model/pointer.ts';

/** By what names a thing is known, and by which others ask for it: two disks share where one has what the other asks for. */
export interface Names {
  has: readonly string[];
  asks: readonly string[];
}

/** What is meant where a host names no port (libvirt's virStorageSourceNetworkDefaultPort). */
const defaultPorts: Readonly<Record<string, string>> = {
  gluster: '24007',
  iscsi: '3260',
  nbd: '10809',
  sheepdog: '7000',
  ssh: '22',
};

const text = (value: Json | undefined): string => (typeof value === 'string' ? value : '');

/** A monitor is asked at both ports, unless one is named (Ceph's messenger v2). */
const monitorPorts = new Set(['', '3300', '6789']);

const monitor = (host: JsonObject): string => {
  const port = text(host['@port']);
  return `${text(host['@name']).toLowerCase()}:${monitorPorts.has(port) ? '' : port}`;
};

/** One monitor tells of all others: one in common is one cluster. Where none is named, ceph.conf names the host's own. */
const rbdNames = (source: JsonObject, name: string, hosts: readonly JsonObject[]): Names => {
  const conf = text(valueAt(source, '/config/@file'));
  const other = conf === '' || conf === '/etc/ceph/ceph.conf' ? '' : conf;
  const image = `rbd ${name} ${other}`;
  if (hosts.length === 0) return { has: [`${image} conf`, `${image} any`], asks: [`${image} any`] };
  const named = hosts.map((host) => `${image} ${monitor(host)}`);
  return { has: [...named, `${image} any`], asks: [...named, `${image} conf`] };
};

/** Where the image of a network disk's `<source>` is: one image name on two clusters is two images. */
export const networkNames = (source: JsonObject): Names | undefined => {
  const [protocol, name] = [text(source['@protocol']), text(source['@name'])];
  if (name === '') return undefined;
  const found = valueAt(source, '/host');
  const hosts = Array.isArray(found) ? (found as readonly JsonObject[]) : [];
  if (protocol === 'rbd') return rbdNames(source, name, hosts);
  const names = hosts.map(
    (host) =>
      `${text(host['@name']) || text(host['@socket'])}:${text(host['@port']) || (defaultPorts[protocol] ?? '')}`,
  );
  const identity = [protocol, name, ...names.sort()].join(' ');
  return { has: [identity], asks: [identity] };
};
