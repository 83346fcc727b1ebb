import { masked } from './masked.ts';
import { secretName } from './secretName.ts';

/** Its lines stay, since findings tell lines. */
const inPlaceOf = (text: string): string => `${masked}${'\n'.repeat(text.split('\n').length - 1)}`;

const content = '((?:<!\\[CDATA\\[[\\s\\S]*?\\]\\]>|[^<])*)';

const element = (name: string): RegExp =>
  new RegExp(`(<(${name})(?:\\s(?:"[^"]*"|'[^']*'|[^<>"'])*)?>)${content}(?=</\\2\\s*>)`, 'gi');

/** Of metadata, which may be anything: `<x:password>`. */
const named = element(`(?:[\\w-]+:)?[\\w.-]*${secretName}[\\w.-]*`);

/** What an operator wrote for others to read. */
const prose = element('title|description');

const kernelArguments = element('cmdline');

/** SMBIOS strings, of which some systems take credentials (systemd.exec(5), "ImportCredential="). */
const entries = element('entry');

/** `-fw_cfg …,string=` has the same in it, such as an Ignition configuration. */
const firmwareSettings = /<sysinfo\s+type\s*=\s*["']fwcfg["'][^>]*>[\s\S]*?<\/sysinfo\s*>/g;

/** All but when it ends, and the uuid of one that libvirt keeps itself. */
const attribute = new RegExp(
  `(\\s(?!passwdValidTo\\b|secret\\s*=\\s*["'][\\da-f-]{36}["'])(?:[\\w-]+:)?[\\w.-]*${secretName}[\\w.-]*\\s*=\\s*)(?:"[^"]*"|'[^']*')`,
  'gi',
);

const says = new RegExp(secretName, 'i');

/** Looks ahead first, so that a long word costs no more than its length. */
const argument = new RegExp(
  `((?<![\\w.-])(?=[\\w.-]+=)[\\w.-]*${secretName}[\\w.-]*=)(?:(&quot;|&apos;|["']).*?(?:\\2|$)|[^\\s<]+)`,
  'gi',
);

/** What follows the first `=` behind a name that says so. */
const inEntry = (text: string): string => {
  const at = text.search(says);
  const value = at < 0 ? 0 : text.indexOf('=', at) + 1;
  return value === 0 ? text : `${text.slice(0, value)}${inPlaceOf(text.slice(value))}`;
};

const within = (pattern: RegExp, change: (content: string) => string) => (text: string) =>
  text.replaceAll(
    pattern,
    (_, start: string, __, inner: string) => `${start}${inner.trim() === '' ? inner : change(inner)}`,
  );

const steps = [
  within(named, inPlaceOf),
  within(prose, (text) => (says.test(text) ? inPlaceOf(text) : text)),
  within(kernelArguments, (text) => text.replaceAll(argument, `$1${masked}`)),
  within(entries, inEntry),
  (text: string) => text.replaceAll(firmwareSettings, within(entries, inPlaceOf)),
  (text: string) => text.replaceAll(attribute, `$1'${masked}'`),
];

/** XML of libvirt's without what stands in elements and attributes that call it a secret, or under a secret's name in them. */
export const maskElements = (text: string): string => steps.reduce((left, step) => step(left), text);
