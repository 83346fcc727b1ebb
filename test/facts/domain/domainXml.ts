import type { ParsedDomain } from '../../../src/facts/domain/parsedDomain.ts';
import { parseDomain } from '../../../src/facts/domain/parsedDomain.ts';
import type { DomainDocument } from '../../../src/model/document.ts';

const uuid = '5a1f1c3e-6f0e-4c55-9c9b-0d4c2f0a7a01';

/** A channel over a Unix socket, with what is given of its source and target. */
export const channel = ({
  path,
  mode,
  name,
  state,
}: {
  path?: string;
  mode?: string;
  name?: string;
  state?: string;
}) => {
  const attribute = (key: string, value: string | undefined) => (value === undefined ? '' : ` ${key}='${value}'`);
  const source =
    path === undefined && mode === undefined ? '' : `<source${attribute('mode', mode)}${attribute('path', path)}/>`;
  return `<channel type='unix'>${source}<target type='virtio'${attribute('name', name)}${attribute('state', state)}/></channel>`;
};

/** A domain's document. */
export const domainDocument = (
  devices: string,
  about: Partial<DomainDocument> & { called?: string; id?: string } = {},
): DomainDocument => {
  const { called = 'web', id = uuid, ...rest } = about;
  const identity = `<name>${called}</name>${id === '' ? '' : `<uuid>${id}</uuid>`}`;
  const text = `<domain type='kvm'>${identity}<devices>${devices}</devices></domain>`;
  return { kind: 'domain', origin: 'web.xml', text, definition: 'config', state: 'shutoff', ...rest };
};

/** The same, parsed. */
export const parsed = (...given: Parameters<typeof domainDocument>): ParsedDomain => {
  const domain = parseDomain(domainDocument(...given));
  if (domain === undefined) throw new Error('not a domain');
  return domain;
};
