import type { Json, JsonObject } from '../../model/json.ts';
import { valueAt } from '../../model/pointer.ts';

const isController = (controller: Json, model: string): boolean =>
  valueAt(controller, '/@type') === 'pci' && valueAt(controller, '/@model') === model;

/** The PCI bus that a device sits on; addresses have it in hexadecimal, controllers their index in decimal. */
const busOf = (device: Json): number | undefined => {
  const bus = valueAt(device, '/address/@type') === 'pci' ? valueAt(device, '/address/@bus') : undefined;
  return typeof bus === 'string' ? Number(bus) : undefined;
};

/**
 * `pcie`: how many pcie-root-port controllers there are, and how many of them nothing is plugged into
 * and take something while the domain runs (not `hotplug='off'`, formatdomain, "Controllers"). Only a domain with
 * a PCI Express topology (controller `pcie-root`) has it; there, a device can be hot-plugged only into a free root port
 * (libvirt's pci-hotplug.html).
 */
export const pcieRootPorts = (domain: JsonObject): JsonObject => {
  const controllers = valueAt(domain, '/devices/controller');
  if (!Array.isArray(controllers)) return {};
  const all = controllers as readonly Json[];
  if (!all.some((controller) => isController(controller, 'pcie-root'))) return {};
  const devices = Object.values((domain.devices ?? {}) as JsonObject).flat() as Json[];
  const taken = new Set(devices.map(busOf));
  const ports = all.filter((controller) => isController(controller, 'pcie-root-port'));
  const free = ports.filter(
    (port) => valueAt(port, '/target/@hotplug') !== 'off' && !taken.has(Number(valueAt(port, '/@index'))),
  );
  return { pcie: { rootPorts: ports.length, freeRootPorts: free.length } };
};
