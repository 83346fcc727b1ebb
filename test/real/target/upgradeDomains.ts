import { type TinyDomainParts, tinyDomain } from './tinyDomain.ts';

/** Whether a domain starts, or what libvirt says as it refuses to define or to start it. */
export type Start = 'starts' | RegExp;

/** A domain, and what was seen to become of it. */
export interface UpgradeDomain {
  readonly name: string;
  readonly xml: string;
  /** With libvirt 9.0 and QEMU 7.2. */
  readonly current: Start | 'depends on what else is installed';
  /** With libvirt 11.3 and QEMU 10.0. */
  readonly target: Start;
}

const domain = (
  name: string,
  parts: TinyDomainParts,
  current: UpgradeDomain['current'],
  target: Start,
): UpgradeDomain => ({
  name,
  xml: tinyDomain(name, parts),
  current,
  target,
});

const noMachine = /does not support machine type/;
const noArgument = /: invalid option/;

const machine = (machine: string, current: Start = 'starts', target: Start = 'starts'): UpgradeDomain =>
  domain(`machine-${machine}`, { machine }, current, target);

/** Its features are not checked: under plain emulation most have some that QEMU lacks. */
const cpu = (model: string, fallback: string, current: Start = 'starts', target: Start = 'starts'): UpgradeDomain => {
  const more = `<cpu mode='custom' match='exact' check='none'><model fallback='${fallback}'>${model}</model></cpu>`;
  return domain(`cpu-${model}-${fallback}`, { more }, current, target);
};

/** A device; on `pc`, which has had them all, if no machine is given. */
const device = (
  name: string,
  devices: string,
  current: UpgradeDomain['current'] = 'starts',
  target: Start = 'starts',
  machine = 'pc',
): UpgradeDomain => domain(name, { machine, devices }, current, target);

const disk = (bus: string, dev: string, machine: string, both: Start = 'starts'): UpgradeDomain => {
  const name = `disk-${bus}-${machine}`;
  const source = `<source file='/var/lib/libvirt/images/${name}.qcow2'/>`;
  const xml = `<disk type='file'><driver name='qemu' type='qcow2'/>${source}<target dev='${dev}' bus='${bus}'/></disk>`;
  return device(name, xml, both, both, machine);
};

const networkDisk = (protocol: string, current: Start, target: Start): UpgradeDomain => {
  const source = `<source protocol='${protocol}' name='volume/image'><host name='127.0.0.1' port='24007'/></source>`;
  return device(`disk-${protocol}`, `<disk type='network'>${source}<target dev='vda'/></disk>`, current, target);
};

const argument = (name: string, args: readonly string[], current: Start, target: Start): UpgradeDomain => {
  const commandline = args.map((value) => `<qemu:arg value='${value}'/>`).join('');
  // Without libvirt's own USB controller, which would be in the place of the one that an argument brings.
  return domain(
    name,
    { machine: 'pc', devices: "<controller type='usb' model='none'/>", commandline },
    current,
    target,
  );
};

/** On a socket, since both hosts would take the same port of this machine. */
const graphics = (type: string): string => `<graphics type='${type}'><listen type='socket'/></graphics>`;

/** Domains as hosts have them, one for each thing that QEMU or libvirt has taken away, kept or brought. */
export const upgradeDomains: readonly UpgradeDomain[] = [
  machine('pc-i440fx-2.1', 'starts', noMachine),
  machine('pc-i440fx-2.3', 'starts', noMachine),
  machine('pc-i440fx-2.4'),
  machine('pc-i440fx-2.12'),
  machine('pc-i440fx-7.2'),
  machine('pc-i440fx-10.0', noMachine),
  machine('pc-q35-2.4'),
  machine('pc-q35-7.2'),
  machine('pc'),
  machine('q35'),
  // libvirt has no use for a machine without PCI since its domains have a memory balloon each.
  machine('isapc', /No PCI buses available/, /No PCI buses available/),

  cpu('qemu64', 'forbid'),
  cpu('Nehalem', 'forbid'),
  cpu('EPYC', 'forbid'),
  cpu('Icelake-Server', 'forbid'),
  // QEMU 7.1 took it away. libvirt knows it still, and by default starts the domain with the nearest model instead.
  cpu('Icelake-Client', 'forbid', /Icelake-Client is not supported by/, /Icelake-Client is not supported by/),
  cpu('Icelake-Client', 'allow'),
  cpu('SapphireRapids', 'allow', /Unknown CPU model SapphireRapids/),
  // libvirt 11.3 has names for QEMU's versions of a model.
  cpu('Icelake-Server-v1', 'forbid', /Unknown CPU model Icelake-Server-v1/),
  // What domcapabilities says by usable='no' matters to a domain whose features are checked, and to no other.
  domain(
    'cpu-EPYC-checked',
    { more: "<cpu mode='custom' match='exact' check='partial'><model>EPYC</model></cpu>" },
    /CPU is incompatible with host CPU/,
    /CPU is incompatible with host CPU/,
  ),
  domain('cpu-host-model', { more: "<cpu mode='host-model'/>" }, 'starts', 'starts'),

  ...['qxl', 'cirrus', 'vga', 'virtio', 'bochs'].map((model) =>
    device(`video-${model}`, `${graphics('vnc')}<video><model type='${model}'/></video>`),
  ),
  device('graphics-spice', `${graphics('spice')}<redirdev bus='usb' type='spicevmc'/><audio id='1' type='spice'/>`),
  device('graphics-vnc', graphics('vnc')),

  disk('ide', 'hda', 'pc'),
  disk('sata', 'sda', 'pc'),
  disk('scsi', 'sda', 'pc'),
  disk('virtio', 'vda', 'pc'),
  disk('usb', 'sda', 'pc'),
  disk('ide', 'hda', 'q35', /IDE controllers are unsupported/),
  disk('sata', 'sda', 'q35'),
  disk('scsi', 'sda', 'q35'),
  disk('virtio', 'vda', 'q35'),
  disk('usb', 'sda', 'q35'),
  // Both would take Debian's qemu-block-extra.
  networkDisk('gluster', /Unknown driver 'gluster'/, /Unknown driver 'gluster'/),
  networkDisk('sheepdog', /does not accept value 'sheepdog'/, /'sheepdog' protocol is no longer supported/),
  // QEMU 7.2 had it on the machines before virtio 1.0 alone, and only for a disk that takes SCSI commands.
  device(
    'disk-lun-virtio',
    "<disk type='block' device='lun'><source dev='/dev/null'/><target dev='vda' bus='virtio'/></disk>",
    /Failed to start domain/,
    /doesn't support SCSI emulation with 'virtio-blk'/,
  ),

  ...['ac97', 'es1370', 'ich6', 'ich9', 'sb16', 'usb'].map((model) =>
    device(`sound-${model}`, `<sound model='${model}'/>`),
  ),
  device('sound-pcspk', "<sound model='pcspk'/>", /-soundhw: invalid option/),
  device('sound-virtio', "<sound model='virtio'/>", /Invalid value for attribute 'model'/),
  device('watchdog-i6300esb', "<watchdog model='i6300esb'/>"),
  device('watchdog-ib700', "<watchdog model='ib700'/>"),
  device('watchdog-itco', "<watchdog model='itco'/>", /unknown watchdog model 'itco'/, 'starts', 'q35'),
  device('nic-i82551', "<interface type='user'><model type='i82551'/></interface>"),
  device('nic-igb', "<interface type='user'><model type='igb'/></interface>", /'igb' is not a valid device/),
  device('scsi-lsisas1078', "<controller type='scsi' model='lsisas1078'/>"),
  device('rng', "<rng model='virtio'><backend model='random'>/dev/urandom</backend></rng>"),
  device('panic-isa', "<panic model='isa'/>"),
  device(
    'tpm-emulator',
    "<tpm><backend type='emulator' version='2.0'/></tpm>",
    'depends on what else is installed',
    /TPM version '2.0' is not/,
  ),
  device('filesystem-9p', "<filesystem><source dir='/var/lib/libvirt'/><target dir='tag'/></filesystem>"),
  domain(
    'filesystem-virtiofs',
    {
      more: "<memoryBacking><source type='memfd'/><access mode='shared'/></memoryBacking>",
      devices: "<filesystem><driver type='virtiofs'/><source dir='/var/lib/libvirt'/><target dir='tag'/></filesystem>",
    },
    'starts',
    // domcapabilities of the target has virtiofs all the same: it tells what QEMU can, not what is installed beside it.
    /Unable to find a satisfying virtiofsd/,
  ),
  domain('memory-memfd', { more: "<memoryBacking><source type='memfd'/></memoryBacking>" }, 'starts', 'starts'),
  domain(
    'efi',
    { os: "firmware='efi'", more: '<features><acpi/></features>' },
    'depends on what else is installed',
    'starts',
  ),
  domain(
    'efi-2m',
    {
      firmware: "<loader readonly='yes' type='pflash'>/usr/share/OVMF/OVMF_CODE.fd</loader>",
      more: '<features><acpi/></features>',
    },
    'depends on what else is installed',
    // trixie's ovmf has only the firmware of 4 MiB.
    /OVMF_VARS.fd': No such file/,
  ),

  argument('args-no-hpet', ['-no-hpet'], 'starts', noArgument),
  argument('args-no-acpi', ['-no-acpi'], 'starts', noArgument),
  argument('args-singlestep', ['-singlestep'], 'starts', noArgument),
  argument('args-chroot', ['-chroot', '/tmp'], 'starts', noArgument),
  argument('args-soundhw', ['-soundhw', 'ac97'], noArgument, noArgument),
  argument('args-usbdevice', ['-usbdevice', 'tablet'], 'starts', 'starts'),
  argument('args-chardev-null', ['-chardev', 'null,id=x'], 'starts', 'starts'),
  argument('args-chardev-tty', ['-chardev', 'tty,id=x,path=/dev/null'], 'starts', /'tty' is not a valid char driver/),
  argument('args-fsdev-proxy', ['-fsdev', 'proxy,id=f,socket=/x'], 'starts', /fsdriver proxy not found/),
  argument('args-machine', ['-machine', 'pc-i440fx-2.1'], 'starts', /unsupported machine type/),
  domain(
    'env-audio',
    {
      machine: 'pc',
      devices: "<sound model='ac97'/>",
      commandline: "<qemu:env name='QEMU_AUDIO_DRV' value='none'/>",
    },
    'starts',
    'starts',
  ),
];
