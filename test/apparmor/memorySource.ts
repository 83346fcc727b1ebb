import type { PolicySource } from '../../src/apparmor/index.ts';

/** A policy tree in memory: absolute paths to texts (byte strings). */
export function memorySource(files: Readonly<Record<string, string>>): PolicySource {
  const entries = new Map(Object.entries(files));
  return {
    read: (path) => {
      const text = entries.get(path);
      return text === undefined ? undefined : { text };
    },
    list: (path) => {
      const inside = [...entries.keys()].filter((name) => name.startsWith(`${path}/`));
      if (inside.length === 0) return undefined;
      return inside.map((name) => name.slice(path.length + 1)).filter((name) => !name.includes('/'));
    },
  };
}
