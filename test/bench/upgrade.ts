import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type PrivateLibvirt, startPrivateLibvirt } from '../real/privateLibvirt.ts';
import { virtAudit } from '../real/virtAudit.ts';
import { domainXml } from './domainXml.ts';
import { ms, type Row } from './row.ts';
import { median } from './statistics.ts';

const domains = 1000;

/** What an operator would ask without virt-audit: of each domain its machine type, and whether the target has it. */
const loop = `for name in $(virsh -r list --all --name); do
  machine=$(virsh -r dumpxml "$name" | sed -n "s/.*machine='\\([^']*\\)'.*/\\1/p")
  grep -q ">$machine</machine>" "$TARGET" || echo "$name: $machine"
done`;

const timed = async (act: () => Promise<unknown>): Promise<number> => {
  const began = performance.now();
  await act();
  return performance.now() - began;
};

const targetOf = async (libvirt: PrivateLibvirt, folder: string): Promise<string> => {
  const file = join(folder, 'target.xml');
  const offers = await libvirt.virsh('domcapabilities', '--virttype', 'qemu', '--machine', 'pc');
  await writeFile(file, `${await libvirt.virsh('capabilities')}\n${offers}`);
  return file;
};

/** The report before an upgrade of 1,000 domains, from the start of the process to its end, beside a loop over virsh. */
export const upgrade = async (folder: string): Promise<Row[]> => {
  await using libvirt = await startPrivateLibvirt();
  await libvirt.define(...Array.from({ length: domains }, (_, index) => domainXml(index)));
  const target = await targetOf(libvirt, folder);
  const args = ['check', '--tag', 'upgrade', '--target', target];
  const times: number[] = [];
  for (let round = 0; round < 5; round++) {
    times.push(
      await timed(async () => {
        const { stdout, stderr } = await virtAudit(libvirt.run, args);
        if (!stdout.startsWith(`Upgrade to ${target}`)) throw new Error(`${stdout.slice(0, 200)} ${stderr}`);
      }),
    );
  }
  const options = { env: { ...process.env, TARGET: target }, timeoutMs: 600_000 };
  const looped = await timed(() => libvirt.run('sh', ['-c', loop], options));
  return [
    {
      what: `report before an upgrade, ${domains} domains`,
      measured: ms(median(times)),
      against: `loop over virsh that asks for machine types alone ${ms(looped)}`,
      figure: median(times),
      target: 3000,
      unit: ' ms',
    },
  ];
};
