/** What a tiny domain may have beside its machine; each is XML. */
export interface TinyDomainParts {
  /** As libvirt writes it; `q35` if not given. */
  machine?: string;
  /** The attributes of `<os>`. */
  os?: string;
  /** Elements of `<os>`. */
  firmware?: string;
  /** Elements of the domain. */
  more?: string;
  devices?: string;
  /** Elements of `<qemu:commandline>`. */
  commandline?: string;
}

/** A domain that starts without a guest: 64 MiB, no disk, under plain emulation, as libvirt fills it up. */
export const tinyDomain = (
  name: string,
  { machine = 'q35', os = '', firmware = '', more = '', devices = '', commandline }: TinyDomainParts,
): string => `<domain type='qemu' xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'>
  <name>${name}</name><memory unit='MiB'>64</memory>
  <os ${os}><type arch='x86_64' machine='${machine}'>hvm</type>${firmware}</os>${more}
  <devices>${devices}</devices>${commandline === undefined ? '' : `<qemu:commandline>${commandline}</qemu:commandline>`}
</domain>`;
