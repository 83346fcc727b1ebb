import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../../deploy/', import.meta.url));

/** The path of something in `deploy/`. */
export const deployed = (...parts: string[]): string => join(folder, ...parts);
