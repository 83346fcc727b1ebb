import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { domainKey } from './domainKey.ts';
import type { PrivateLibvirt } from './privateLibvirt.ts';
import { temporaryFolder } from './temporaryFolder.ts';

/** What libvirt made of a domain: its XML as it keeps it, or why it refused. */
export type ReadBack = { xml: string } | { refused: string };

/** Defines domains one after the other in one virsh, reads each back, and undefines it again. */
export const readBack = async (libvirt: PrivateLibvirt, domains: readonly string[]): Promise<ReadBack[]> => {
  await using folder = await temporaryFolder();
  const commands = await Promise.all(
    domains.map(async (xml, index) => {
      const file = join(folder.path, `${index}.xml`);
      await writeFile(file, xml);
      const name = domainKey(xml);
      // Nothing is left for the next of the same name or uuid.
      return `echo "=== ${index}"\ndefine ${file}\ndumpxml "${name}"\nundefine "${name}" --nvram\n`;
    }),
  );
  const options = { input: commands.join('') };
  const shell = `virsh --quiet --connect qemu:///system 2>&1`;
  const { stdout } = await libvirt.run('sh', ['-c', shell], options);
  // virsh shows its prompt right behind what echo wrote, and the command itself behind a prompt.
  const outputs = stdout.split(/^=== \d+/m).slice(1);
  if (outputs.length !== domains.length) throw new Error(`virsh said nothing of some domains: ${stdout.slice(0, 500)}`);
  return outputs.map((output) => {
    const xml = /<domain[\s\S]*<\/domain>/.exec(output)?.[0];
    return xml === undefined || output.includes('error: Failed to define') ? { refused: output.trim() } : { xml };
  });
};
