import type { Document } from '../../model/document.ts';
import { capabilitiesOf } from '../host/daemon/capabilities.ts';

/** One emulator and machine type that domains may want to know the offers of. */
interface EmulatorOffer {
  virttype: string;
  arch: string;
  machine: string;
}

/** The names by which libvirt and QEMU choose the newest machine type of each family. */
const families = ['pc', 'q35', 'virt', 'pseries', 's390-ccw-virtio'];

/** Of which emulators of a host to ask what they offer: its own architecture's, of each family and type of domain. */
export const emulatorsOf = (documents: readonly Document[]): EmulatorOffer[] => {
  const found = capabilitiesOf(documents);
  if ('unknown' in found) return [];
  const { known } = found;
  const { arch } = known;
  if (arch === undefined) return [];
  return [...(known.types(arch) ?? [])].flatMap((virttype) => {
    const machines = known.machines({ type: virttype, arch });
    return families.filter((family) => machines?.has(family)).map((machine) => ({ virttype, arch, machine }));
  });
};
