import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { builtFolder } from './guestImage.ts';
import { outputOf } from './outputOf.ts';

/** A domain's XML, and where in libvirt's documentation it stands. */
export interface DocumentedDomain {
  origin: string;
  text: string;
}

const script = fileURLToPath(new URL('../../scripts/libvirt-doc.sh', import.meta.url));

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&', nbsp: ' ' };

/** The text of HTML without tags. */
const plain = (html: string): string =>
  html
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replaceAll(/&(\w+);/g, (whole, name: string) => entities[name] ?? whole);

/** Elements that stand in `<devices>`, and are shown by themselves here and there. */
const devices = /^<(audio|disk|interface|controller|graphics|video|hostdev|filesystem|memballoon|sound|channel)\b/;

/** An example as a whole domain: pages show parts of one, with `...` for what is left out, and often without its type. */
const wholeDomain = (example: string, index: number): string => {
  const shown = example.replaceAll(/^\s*\.\.\.\s*$/gm, '').trim();
  if (/^(<\?xml[^>]*>\s*)?(<!--[\s\S]*?-->\s*)*<domain[\s>]/.test(shown)) {
    const typed = shown.replace(/<domain(?![^>]*\stype=)/, "<domain type='kvm'");
    return typed.endsWith('</domain>') ? typed : `${typed}</domain>`;
  }
  const inside = devices.test(shown) ? `<devices>${shown}</devices>` : shown;
  const uuid = `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
  return `<domain type='kvm'><name>shown-${index}</name><uuid>${uuid}</uuid>${inside}</domain>`;
};

/** Pages about domains: of others only examples of whole domains count. */
const aboutDomains = /^(formatdomain|pci-addresses|pci-hotplug|kbase\/(kvm-realtime|memorydevices|virtiofs))\.html$/;

const examplesOf = (page: string, html: string): DocumentedDomain[] =>
  [...html.matchAll(/<pre[^>]*>([\s\S]*?)<\/pre>/g)].flatMap(([, shown = ''], index) => {
    const example = plain(shown);
    const domain = /^\s*(<\?xml[^>]*>\s*)?(<!--[\s\S]*?-->\s*)*<domain[\s>]/.test(example);
    const part = aboutDomains.test(page) && /^\s*(\.\.\.\s*)?<\w/.test(example);
    return domain || part ? [{ origin: `${page}, example ${index + 1}`, text: wholeDomain(example, index) }] : [];
  });

/**
 * Every domain in libvirt's examples and documentation, from Debian's package libvirt-doc, well-formed or not.
 *
 * @throws Error where the package can't be had
 */
export const libvirtDocs = async (): Promise<DocumentedDomain[]> => {
  const folder = await builtFolder('libvirt-doc', [script], (partial) =>
    outputOf('sh', [script, partial], { timeoutMs: 600_000 }),
  );
  const root = join(folder, 'usr/share/doc/libvirt-doc');
  const names = (await readdir(root, { recursive: true })).sort();
  const found = await Promise.all(
    names.map(async (name): Promise<DocumentedDomain[]> => {
      if (!/\.(xml|html)$/.test(name)) return [];
      const text = await readFile(join(root, name), 'utf8');
      if (name.endsWith('.html')) return examplesOf(name.replace(/^html\//, ''), text);
      // Files for libvirt's test driver hold several, or name others.
      const inline = text.match(/<domain(\s[^>]*)?(?<!\/)>[\s\S]*?<\/domain>/g) ?? [];
      return inline.map((domain) => ({ origin: name, text: domain }));
    }),
  );
  return found.flat();
};
