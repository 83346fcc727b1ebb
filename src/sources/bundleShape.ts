import { definitions } from '../model/definition.ts';
import { unreadableReasons } from '../model/document.ts';
import { domainStates } from '../model/domainState.ts';

type Check = (value: unknown) => boolean;

const text: Check = (value) => typeof value === 'string';
const number: Check = (value) => typeof value === 'number';
const anyOf =
  (values: readonly string[]): Check =>
  (value) =>
    typeof value === 'string' && values.includes(value);
const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);

const members =
  (checks: Readonly<Record<string, Check>>): Check =>
  (value) =>
    typeof value === 'object' &&
    value !== null &&
    Object.entries(checks).every(([name, check]) => check((value as Record<string, unknown>)[name]));

/** Absolute, without a doubled or trailing slash, `.` or `..`: by another name it would be looked for in vain. */
const path: Check = (value) =>
  typeof value === 'string' && (value === '/' || /^(?:\/(?!\.{1,2}(?:\/|$))[^/\0]+)+$/.test(value));

const about = {
  definition: optional(anyOf(definitions)),
  state: optional(anyOf(domainStates)),
  name: optional(text),
  uuid: optional(text),
};
const said = members({ origin: text, text });
const ownership = { mode: optional(number), uid: optional(number), gid: optional(number) };

/** What a document of each kind has (model/document.ts). */
const documents: Readonly<Record<string, Check>> = {
  domain: members({ origin: text, text, ...about }),
  capabilities: said,
  domcapabilities: said,
  version: said,
  agent: members({ origin: text, text, name: text, uuid: optional(text) }),
  file: members({ origin: path, text, ...ownership }),
  link: members({ origin: path, text }),
  directory: members({ origin: path, mode: number, uid: number, gid: number }),
  unreadable: members({
    origin: text,
    text,
    reason: anyOf(unreadableReasons),
    domain: optional(members({ ...about, name: text, uuid: text, definition: anyOf(definitions) })),
  }),
};

/** Whether a value of a bundle is a document. By hand: the auditor's process, which starts often, would load ajv for this. */
export const isDocument: Check = (value) => {
  const kind = typeof value === 'object' && value !== null && 'kind' in value ? String(value.kind) : '';
  return Object.hasOwn(documents, kind) && (documents[kind]?.(value) ?? false);
};

/** Whether a value of a bundle tells of a source. */
export const isSource: Check = members({
  name: text,
  ok: (value) => typeof value === 'boolean',
  seconds: number,
  reason: optional(text),
});

/** Whether a value is a time as `collect` writes it (RFC 3339, in UTC). */
export const isTime: Check = (value) =>
  typeof value === 'string' &&
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/.test(value) &&
  !Number.isNaN(Date.parse(value));
