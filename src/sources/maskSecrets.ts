import type { Document } from '../model/document.ts';

const masked = '[masked]';

/** Attributes of domain XML that hold secrets: a graphics' `passwd`, which files may have even if libvirt never tells it. */
export const maskedXml = (text: string): string =>
  text.replaceAll(/(\spasswd\s*=\s*)(?:"[^"]*"|'[^']*')/g, `$1'${masked}'`);

/** Settings whose names say that they hold a secret: `vnc_password = "x"`, `keystore.passphrase=x`, `db.secret.key=x`. */
const inSettings = (text: string): string =>
  text.replaceAll(
    /^([ \t]*[\w.-]*(?:passw|passphrase|secret|token|credential)[\w.-]*[ \t]*[=:][ \t]*)(\S[^\n]*)$/gim,
    (_, name, value: string) => {
      const quote = /^["']/.exec(value)?.[0] ?? '';
      return `${name}${quote}${masked}${quote}`;
    },
  );

/** Command lines may carry secrets behind QEMU's `password=` and `secret,…data=`. */
const inCommand = (text: string): string => text.replaceAll(/((?:password|passwd|data)=)[^,\0]*/g, `$1${masked}`);

/** A hook script may hold anything: only the lines that rules judge stay, in their places. */
const inHook = (text: string): string =>
  text
    .split('\n')
    .map((line) => (/\/dev\/vport\d/.test(line) ? line : ''))
    .join('\n');

/** A document as it may leave the host: what is secret in it is replaced, what rules judge is kept. */
export const maskSecrets = (document: Document): Document => {
  switch (document.kind) {
    case 'domain':
      return { ...document, text: maskedXml(document.text) };
    case 'file':
      if (document.origin.startsWith('/etc/libvirt/hooks/')) return { ...document, text: inHook(document.text) };
      if (document.origin.startsWith('/proc/')) return { ...document, text: inCommand(document.text) };
      if (/\.(xml|save)$/.test(document.origin)) return { ...document, text: maskedXml(document.text) };
      if (/\.(conf|properties)$/.test(document.origin)) return { ...document, text: inSettings(document.text) };
      return document;
    default:
      return document;
  }
};
