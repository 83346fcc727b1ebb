import type { Json, JsonObject } from '../../model/json.ts';
import type { YamlError, YamlFile } from '../load/yamlFile.ts';

/** Whether a text is a day of the calendar as ISO 8601 writes it. Other forms mean other days elsewhere. */
const isDay = (text: string): boolean => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
};

/** What is wrong with one waiver beyond its form: which key, and why. */
const wrongIn = ({ domains, host, expires, permanent }: JsonObject): { key?: string; message: string }[] => [
  ...(domains === undefined && host === undefined
    ? [{ message: 'says not what is waived; name domains, or say host: true for a rule about the host' }]
    : []),
  ...(domains !== undefined && host !== undefined
    ? [{ key: 'host', message: 'a rule judges domains or the host; say domains or host, not both' }]
    : []),
  ...(expires === undefined && permanent === undefined
    ? [{ message: 'has no end; say expires: YYYY-MM-DD, or permanent: true' }]
    : []),
  ...(expires !== undefined && permanent !== undefined
    ? [{ key: 'permanent', message: 'says both expires and permanent; keep one' }]
    : []),
  ...(typeof expires === 'string' && !isDay(expires)
    ? [{ key: 'expires', message: `"${expires}" is no day of the calendar, written YYYY-MM-DD` }]
    : []),
];

/** What the schema can't say of waivers: one place, one end, and a day that exists. */
export const waiverMistakes = (data: JsonObject, { lineOf }: YamlFile): YamlError[] =>
  ((data.waivers ?? []) as readonly Json[]).flatMap((waiver, index) =>
    wrongIn(waiver as JsonObject).map(({ key, message }) => ({
      line: lineOf(key === undefined ? `/waivers/${index}` : `/waivers/${index}/${key}`),
      message: `waivers.${index}: ${message}`,
    })),
  );
