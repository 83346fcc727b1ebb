import { existsSync } from 'node:fs';

/**
 * Options for a test that needs a file of a package: without it the test is skipped with the package's name, except where
 * the environment variable CI is set: there it runs, and fails.
 */
export const requirePackage = (name: string, path: string): { readonly skip?: string } =>
  existsSync(path) || process.env.CI ? {} : { skip: `needs ${path}: install the package ${name}` };
