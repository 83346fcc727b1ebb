/** Names by number and numbers by name, from /etc/passwd or /etc/group: passwd(5), group(5). */
export interface Accounts {
  id(name: string): number | undefined;
  /** The name of an id, or `+ID` when it has none, as libvirt's seclabels write it. 0 is root's, whoever else has it. */
  name(id: number): string;
}

/** Parses passwd(5) or group(5) text: the name is the first field, the number the third. */
export const parseAccounts = (text: string): Accounts => {
  const ids = new Map<string, number>();
  const names = new Map<number, string>([[0, 'root']]);
  for (const line of text.split('\n')) {
    const [name, , number] = line.split(':');
    if (!name || number === undefined || !/^\d+$/.test(number)) continue;
    if (!ids.has(name)) ids.set(name, Number(number));
    if (!names.has(Number(number))) names.set(Number(number), name);
  }
  return { id: (name) => ids.get(name), name: (id) => names.get(id) ?? `+${id}` };
};
