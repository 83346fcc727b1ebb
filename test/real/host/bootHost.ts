import { mkdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { guestCmdline } from '../guestCmdline.ts';
import { runCommand } from '../runCommand.ts';
import { hostImage } from './hostImage.ts';

/** A host that does not end is broken. Alone on two cores it takes five minutes; a busy machine has made twenty of them. */
const bootTimeoutMs = 3_000_000;

const drive = (file: string, ...options: string[]): string[] => [
  '-drive',
  [`file=${file}`, 'if=virtio', 'format=raw', ...options].join(','),
];

/**
 * Boots a whole host under emulation. What it saw is in `results` of `folder` afterwards; its console is returned.
 *
 * @param product a disk with the init.sh that it starts with
 * @throws Error with the console where the host does not come to its end
 */
export const bootHost = async (folder: string, product: string): Promise<string> => {
  const image = await hostImage();
  const [archive, console, results] = [join(folder, 'archive'), join(folder, 'console'), join(folder, 'results')];
  await writeFile(archive, '');
  await truncate(archive, 64 * 1024 * 1024);
  const machine = ['-accel', 'tcg,thread=multi', '-cpu', 'max', '-smp', '2', '-m', '2048', '-no-reboot'];
  const ports = ['-display', 'none', '-monitor', 'none', '-serial', `file:${console}`];
  const kernel = ['-kernel', image.kernel, '-initrd', image.initrd];
  const append = `${guestCmdline} root=/dev/vda rw apparmor=1 security=apparmor init=/sbin/host-init sysrq_always_enabled=1`;
  const drives = [...drive(image.disk, 'snapshot=on'), ...drive(product, 'readonly=on'), ...drive(archive)];
  const args = [...machine, ...ports, ...kernel, '-append', append, ...drives];
  const { code, stderr } = await runCommand('qemu-system-x86_64', args, { timeoutMs: bootTimeoutMs });
  const seen = await readFile(console, 'utf8').catch(() => 'none');
  await mkdir(results);
  const unpacked = await runCommand('tar', ['-xf', archive, '-C', results]);
  const done = await readFile(join(results, 'done')).catch(() => undefined);
  if (unpacked.code !== 0 || !done) throw new Error(`the host ended with ${code} ${stderr}; its console:\n${seen}`);
  return seen;
};
