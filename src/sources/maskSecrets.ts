import type { Document } from '../model/document.ts';
import { maskElements } from './maskElements.ts';
import { masked } from './masked.ts';
import { maskUnit } from './maskUnit.ts';
import { secretName } from './secretName.ts';

/** `https://user:pw@host` (RFC 3986, 3.2.1): the user stays. Only whole words are tried, since some are as long as a file. */
const inUrls = (text: string): string =>
  text.replaceAll(/((?<![a-z\d+.-])[a-z\d+.-]+:\/\/[^\s/@"'<>:]*:)[^\s/@"'<>]+@/gi, `$1${masked}@`);

/** What ends in such a word names where the secret is, not the secret. */
const namesPlace = '(?![\\w.-]*_(?:uuid|file|path|dir)\\b)';

/** Settings whose names say that they hold a secret, commented out or not: `vnc_password = "x"`, `db.password x`. */
const settings = new RegExp(
  `^([ \\t]*[#!;]?[ \\t]*(?:export[ \\t]+)?${namesPlace}[\\w.-]*${secretName}[\\w.-]*(?:[ \\t]*[=:][ \\t]*|[ \\t]+))((?![=:])\\S(?:\\\\\\r?\\n|[^\\n])*|\\\\\\r?\\n(?:\\\\\\r?\\n|[^\\n])*)$`,
  'gim',
);

/** Within a value, as arguments of a daemon in /etc/default have them: `--opt password=x`. */
const inArguments = (text: string): string =>
  text.replaceAll(new RegExp(`(\\b${namesPlace}[\\w.-]*${secretName}[\\w.-]*=)[^\\s"',;[]+`, 'gi'), `$1${masked}`);

/** A value that goes on after a backslash (java.util.Properties) goes whole; its lines stay, since findings tell lines. */
const inSettings = (text: string): string =>
  text.replaceAll(settings, (_, name, value: string) => {
    const quote = /^["']/.exec(value)?.[0] ?? '';
    return `${name}${quote}${masked}${quote}${'\n'.repeat(value.split('\n').length - 1)}`;
  });

/** Command lines: `password=`, `secret,…data=`, rbd's `:key=`, `-fw_cfg …,string=`, JSON; `,,` is a comma (qemu(1)). */
const inCommand = (text: string): string =>
  text
    .replaceAll(
      /((?:passw(?:or)?d|passphrase|pwd|token|api[-_]?key|client_secret|data|(?<![\w-])(?:key|string))=)(?:,,|[^,\0])*/gi,
      `$1${masked}`,
    )
    .replaceAll(
      /((?:set_credential(?:_binary)?=|\bio\.systemd\.credential[\w.]*:)[^=:,\0]*[=:])(?:,,|[^,\0])*/gi,
      `$1${masked}`,
    )
    .replaceAll(
      /(("|&quot;|&#34;)(?:data|[\w-]*(?:passw(?:or)?d|passphrase|token|api[-_]?key|pwd)|key|string)\2\s*:\s*\2)(?:\\[^\0]|(?!\2)[^\0])*/gi,
      `$1${masked}`,
    );

const attribute = /(\svalue\s*=\s*)("[^"]*"|'[^']*')/;

/** QEMU's own arguments and environment (libvirt's drvqemu, "Pass-through of arbitrary QEMU commands"). */
const inPassThrough = (tag: string): string =>
  tag.replace(attribute, (_, start: string, value: string) => {
    const quote = value.slice(0, 1);
    const named = new RegExp(`\\sname\\s*=\\s*["'][^"']*${secretName}`, 'i').test(tag);
    return `${start}${quote}${named ? masked : inCommand(value.slice(1, -1))}${quote}`;
  });

/** Secrets of domain XML, which files may have even if libvirt never tells them: `passwd`, cookies, QEMU's arguments. */
export const maskedXml = (text: string): string =>
  maskElements(inUrls(text))
    .replaceAll(/(<cookie\b[^>]*>)[\s\S]*?(<\/cookie\s*>)/g, `$1${masked}$2`)
    .replaceAll(/<(?:[\w.-]+:)?(?:arg|env)\b(?:"[^"]*"|'[^']*'|[^>"'])*>/g, inPassThrough);

/** A pool's mount options and Ceph settings (formatstorage, "Pool XML namespaces"): their names hold values, too. */
const inPool = (text: string): string =>
  text.replaceAll(/<(?:[\w.-]+:)?option\b(?:"[^"]*"|'[^']*'|[^>"'])*>/g, (tag) =>
    tag.replaceAll(/=\s*(?:"[^"]*"|'[^']*')/g, `='${masked}'`),
  );

/** The second field of passwd(5) and group(5), unless it says that there is none or that it is elsewhere. */
const inAccounts = (text: string): string => text.replaceAll(/^([^:\n]*:)(?![x*!]?:)[^:\n]+/gm, `$1${masked}`);

/** A hook script may hold anything: only the lines that rules judge stay, in their places. */
const inHook = (text: string): string =>
  text
    .split('\n')
    .map((line) => (/\/dev\/vport\d/.test(line) ? line : ''))
    .join('\n');

const inFile = (origin: string, text: string): string => {
  if (origin.startsWith('/etc/libvirt/hooks/')) return inHook(text);
  if (origin.startsWith('/proc/')) return inCommand(text);
  if (/^\/etc\/(?:passwd|group)$/.test(origin)) return inAccounts(text);
  if (/^\/(?:etc|run)\/libvirt\/storage\//.test(origin)) return inPool(maskedXml(text));
  if (/\.(xml|save)$/.test(origin)) return maskedXml(text);
  if (/^\/(?:etc|(?:usr\/)?lib)\/systemd\/system\//.test(origin)) return maskUnit(text);
  if (/\.(conf|properties)$|^\/etc\/(?:default|sysconfig)\//.test(origin)) return inArguments(inSettings(text));
  return text;
};

/** A document as it may leave the host: what is secret in it is replaced, what rules judge is kept. */
export const maskSecrets = (document: Document): Document => {
  switch (document.kind) {
    case 'domain':
      return { ...document, text: maskedXml(document.text) };
    case 'file':
      return { ...document, text: inUrls(inFile(document.origin, document.text)) };
    default:
      return document;
  }
};
