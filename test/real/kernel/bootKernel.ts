import { chmod, copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { guestCmdline } from '../guestCmdline.ts';
import { builtFolder, guestImage } from '../guestImage.ts';
import { outputOf } from '../outputOf.ts';
import { runCommand } from '../runCommand.ts';
import { temporaryFolder } from '../temporaryFolder.ts';
import { type Attempt, attemptLine, type RefusedStep } from './attempt.ts';

/** A machine that does not end is broken. It takes some seconds; a busy machine makes many times as many of them. */
const bootTimeoutMs = 600_000;

/** What a kernel with AppArmor answered. */
export interface KernelAnswers {
  /** In the order of the attempts. */
  readonly refused: readonly RefusedStep[];
  /** The kernel's own files about AppArmor, by their paths. */
  readonly state: Readonly<Record<string, string>>;
}

/** The folder that holds attempt.c, compiled. */
const attemptProgram = (): Promise<string> => {
  const source = join(import.meta.dirname, 'attempt.c');
  const options = ['-Wall', '-Wextra', '-Werror', '-static', '-O1'];
  return builtFolder('attempt', [source], (folder) =>
    outputOf('gcc', [...options, '-o', join(folder, 'attempt'), source]),
  );
};

/** apparmor_parser with the libraries that it names, busybox and attempt.c, in a file system for the kernel to start from. */
const makeInitramfs = async (folder: string, policy: string, attempts: readonly Attempt[]): Promise<string> => {
  const root = join(folder, 'root');
  for (const name of ['bin', 'dev', 'proc', 'sys', 't', 'etc']) await mkdir(join(root, name), { recursive: true });
  const where = await outputOf('sh', ['-c', 'command -v apparmor_parser; command -v busybox']);
  const programs = where.trim().split('\n');
  const libraries = (await outputOf('ldd', [programs[0] ?? ''])).match(/\/\S+/g) ?? [];
  for (const library of libraries) await outputOf('install', ['-D', library, join(root, library)]);
  for (const program of programs) await outputOf('install', [program, join(root, 'bin')]);
  await copyFile(join(await attemptProgram(), 'attempt'), join(root, 'bin/attempt'));
  await copyFile(join(import.meta.dirname, 'init.sh'), join(root, 'init'));
  await chmod(join(root, 'init'), 0o755);
  await writeFile(join(root, 'policy'), policy, 'latin1');
  await writeFile(join(root, 'attempts'), attempts.map(attemptLine).join(''));
  const initrd = join(folder, 'initramfs');
  const pack = 'cd "$1" && find . | busybox cpio -o -H newc 2>/dev/null >"$2"';
  await outputOf('sh', ['-c', pack, 'sh', root, initrd]);
  return initrd;
};

/** The parts of what init.sh wrote, by the names in their first lines; it ends each with a line break of its own. */
const parseResults = (text: string): Map<string, string> =>
  new Map(
    text
      .split(/^== /m)
      .slice(1)
      .map((part) => [part.slice(0, part.indexOf('\n')), part.slice(part.indexOf('\n') + 1, -1)]),
  );

const refusedStep = (line: string, attempt: Attempt | undefined): RefusedStep => {
  const [step, errno] = line.split(' ').map(Number);
  const eacces = 13;
  if (step !== undefined && errno === (step === 0 ? 0 : eacces)) return step;
  throw new Error(`an attempt that says nothing of AppArmor, step ${step} errno ${errno}: ${JSON.stringify(attempt)}`);
};

/**
 * Boots Debian's kernel under emulation, loads the policy text with the real apparmor_parser, and tries each attempt.
 *
 * @throws Error with the console where the machine does not come to its end, or where an attempt could not be made
 */
export const bootKernel = async (policy: string, attempts: readonly Attempt[]): Promise<KernelAnswers> => {
  await using folder = await temporaryFolder();
  const [console, results] = [join(folder.path, 'console'), join(folder.path, 'results')];
  const { kernel } = await guestImage();
  const initrd = await makeInitramfs(folder.path, policy, attempts);
  const machine = ['-accel', 'tcg', '-m', '256', '-display', 'none', '-monitor', 'none', '-nodefaults', '-no-reboot'];
  const ports = ['-serial', `file:${console}`, '-serial', `file:${results}`];
  const append = `${guestCmdline} apparmor=1 security=apparmor`;
  const boot = [...machine, ...ports, '-kernel', kernel, '-initrd', initrd, '-append', append];
  const { code, stderr } = await runCommand('qemu-system-x86_64', boot, { timeoutMs: bootTimeoutMs });
  const text = await readFile(results, 'latin1').catch(() => '');
  const parts = parseResults(text);
  if (code !== 0 || !parts.has('end')) {
    const seen = await readFile(console, 'latin1').catch(() => 'none');
    throw new Error(
      `the machine ended with ${code} ${stderr}; its console:\n${seen}\nits results:\n${text.slice(-500)}`,
    );
  }
  const lines = parts.get('attempts')?.trim().split('\n') ?? [];
  if (lines.length !== attempts.length) throw new Error(`${lines.length} answers to ${attempts.length} attempts`);
  return {
    refused: lines.map((line, index) => refusedStep(line, attempts[index])),
    state: Object.fromEntries([...parts].filter(([name]) => name.startsWith('/'))),
  };
};
