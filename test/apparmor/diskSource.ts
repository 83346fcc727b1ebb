import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { PolicySource } from '../../src/apparmor/index.ts';

/** The policy tree of this machine. */
export const diskSource: PolicySource = {
  read: (path) => (existsSync(path) && statSync(path).isFile() ? { text: readFileSync(path, 'latin1') } : undefined),
  list: (path) => {
    if (!existsSync(path) || !statSync(path).isDirectory()) return undefined;
    return readdirSync(path).filter((name) => !existsSync(join(path, name)) || statSync(join(path, name)).isFile());
  },
};
