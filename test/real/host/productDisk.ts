import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { outputOf } from '../outputOf.ts';
import { hostDisk } from './hostDisk.ts';
import { domainXml, type HostState } from './states.ts';

const repository = join(import.meta.dirname, '..', '..', '..');

/** The program as it is built, with what it needs at run time: its dependencies, the compiled binding, and Node itself. */
const copyProduct = async (to: string): Promise<void> => {
  const installed = await outputOf('npm', ['--prefix', repository, 'ls', '--omit=dev', '--all', '--parseable']);
  const packages = installed.split('\n').filter((path) => path.includes('/node_modules/'));
  const parts = ['dist', 'rules', 'package.json', ...packages.map((path) => relative(repository, path))];
  // A package's own dependencies may lie inside it; each is copied once.
  for (const part of parts.filter((path) => !parts.some((other) => path.startsWith(`${other}/`)))) {
    await cp(join(repository, part), join(to, part), { recursive: true });
  }
  await cp(process.execPath, join(to, 'node'));
};

const writeState = async (folder: string, { prepare, undo, domains, auditRunning }: HostState): Promise<void> => {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'prepare.sh'), `${prepare}\n`);
  await writeFile(join(folder, 'undo.sh'), `${undo}\n`);
  if (auditRunning) await writeFile(join(folder, 'audit-running'), '');
  for (const domain of domains) {
    await writeFile(join(folder, `${domain.name}.xml`), domainXml(domain));
    await writeFile(join(folder, `${domain.name}.socket`), domain.socket);
  }
};

/** A disk, made in `folder`, with the program and the states that init.sh goes through, in their order. */
export const productDisk = async (folder: string, states: readonly HostState[]): Promise<string> => {
  const content = join(folder, 'product');
  await mkdir(content);
  await copyProduct(content);
  await cp(join(import.meta.dirname, 'init.sh'), join(content, 'init.sh'));
  await outputOf('chmod', ['755', join(content, 'init.sh')]);
  for (const [index, state] of states.entries()) {
    await writeState(join(content, 'states', `${index}-${state.name}`), state);
  }
  return hostDisk(folder, content);
};
