import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from './temporaryFolder.ts';

/** A domain of the test driver's: its XML, and whether it runs, as it does unless told otherwise. */
export interface TestDomain {
  xml: string;
  running?: boolean;
}

/** A node of libvirt's own test driver. */
export interface TestDriver extends AsyncDisposable {
  /** For `--connect`; every connection has the node to itself, and it begins anew. */
  readonly uri: string;
}

/** VIR_DOMAIN_SHUTOFF of virDomainState. */
const shutOff = 5;

const withState = ({ xml, running = true }: TestDomain): string => {
  if (running) return xml;
  const end = xml.lastIndexOf('</domain>');
  if (end === -1) throw new Error(`no </domain> in ${xml.slice(0, 200)}`);
  return `${xml.slice(0, end)}<test:runstate>${shutOff}</test:runstate>${xml.slice(end)}`.replace(
    /<domain(?=[\s>])/,
    "<domain xmlns:test='http://libvirt.org/schemas/domain/test/1.0'",
  );
};

/**
 * A node with these domains, for libvirt's test driver (`test:///`), which lives in the client and needs no daemon.
 * The driver keeps each domain as libvirt parses it, but calls the type of every domain `test`.
 */
export const testDriver = async (domains: readonly TestDomain[]): Promise<TestDriver> => {
  const folder = await temporaryFolder();
  const elements: string[] = [];
  for (const [index, domain] of domains.entries()) {
    const file = join(folder.path, `domain-${index}.xml`);
    await writeFile(file, withState(domain));
    elements.push(`<domain file='${file}'/>`);
  }
  const node = join(folder.path, 'node.xml');
  await writeFile(node, `<node>\n${elements.join('\n')}\n</node>\n`);
  return { uri: `test://${node}`, [Symbol.asyncDispose]: folder[Symbol.asyncDispose] };
};
