import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder that goes, with all that is in it, when it is disposed of. */
export interface TemporaryFolder extends AsyncDisposable {
  readonly path: string;
}

/** A new, empty folder for one test. */
export const temporaryFolder = async (parent: string = tmpdir()): Promise<TemporaryFolder> => {
  const path = await mkdtemp(join(parent, 'virt-audit-test-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
};
