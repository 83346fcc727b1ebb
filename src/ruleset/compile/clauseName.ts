/** A rule's clause as generated code names it: names of JavaScript have no hyphens. */
export const clauseName = (id: string, clause: 'when' | 'assert'): string => `${clause}_${id.replaceAll('-', '_')}`;
