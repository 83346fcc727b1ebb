import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Random } from '../apparmor/random.ts';

const sample = join(import.meta.dirname, '..', 'hosts', 'sample');

/** A copy of the sample host that can be changed. */
export class ChangingHost {
  readonly domains: string;
  readonly root: string;

  constructor(folder: string) {
    this.domains = join(folder, 'domains');
    this.root = join(folder, 'root');
    cpSync(join(sample, 'domains'), this.domains, { recursive: true });
    cpSync(join(sample, 'root'), this.root, { recursive: true });
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(join(this.root, path)), { recursive: true });
    writeFileSync(join(this.root, path), text);
  }

  remove(path: string): void {
    rmSync(join(this.root, path), { recursive: true, force: true });
  }

  /** Replaces text in a domain's file. */
  edit(file: string, from: string, to: string): void {
    const path = join(this.domains, file);
    writeFileSync(path, readFileSync(path, 'utf8').replaceAll(from, to));
  }

  define(file: string, xml: string): void {
    writeFileSync(join(this.domains, file), xml);
  }

  undefine(file: string): void {
    rmSync(join(this.domains, file), { force: true });
  }

  files(): string[] {
    return readdirSync(this.domains).filter((name) => /VM.*\.xml$/.test(name));
  }
}

const socketPaths = ['/var/lib/libvirt/qemu/shared.sock', '/srv/sockets/a.sock', '/etc/apparmor.d/libvirt/x.sock', ''];
const uuids = ['1', '2', '3'].map((digit) => `2222222${digit}-6f0e-4c55-9c9b-0d4c2f0a7a03`);

/** A domain of any of a few uuids, so that definitions meet, share paths and copy each other. */
export const randomDomain = (random: Random): string => {
  const uuid = random.pick(uuids);
  const id = random.chance(0.4) ? ` id='${1 + random.below(3)}'` : '';
  const name = random.chance(0.9) ? `n${uuid.charAt(7)}` : 'copy';
  const channels = Array.from({ length: random.below(3) }, () => {
    const path = random.pick(socketPaths);
    const mode = random.pick(['bind', 'connect']);
    const target = random.pick(['org.qemu.guest_agent.0', `${name}.vport`, 'x']);
    const state = random.chance(0.5) ? ` state='${random.pick(['connected', 'disconnected'])}'` : '';
    return `<channel type='unix'><source mode='${mode}'${path === '' ? '' : ` path='${path}'`}/><target type='virtio' name='${target}'${state}/></channel>`;
  });
  const devices = `<devices>${channels.join('')}</devices>`;
  const end = random.chance(0.95) ? '</domain>' : '';
  return `<domain type='${random.pick(['kvm', 'qemu', 'odd'])}'${id}><name>${name}</name><uuid>${uuid}</uuid>${devices}${end}`;
};

/** What may happen to a host between two audits. */
const changes: readonly ((host: ChangingHost, random: Random) => void)[] = [
  (host, random) => host.define(`r${random.below(6)}-VM.xml`, randomDomain(random)),
  (host, random) => host.define(`r${random.below(6)}-VM.xml`, randomDomain(random)),
  (host, random) => host.undefine(`r${random.below(6)}-VM.xml`),
  (host, random) => host.edit(random.pick(host.files()), "state='connected'", "state='disconnected'"),
  (host, random) => host.edit(random.pick(host.files()), "type='kvm'", "type='qemu'"),
  (host, random) => host.write('etc/libvirt/qemu.conf', `user = "${random.pick(['root', 'libvirt-qemu', '+0'])}"\n`),
  (host, random) =>
    host.write(
      'etc/apparmor.d/local/usr.sbin.libvirtd',
      random.pick(['', 'deny /srv/** w,\n', '/srv/** rw,\n', 'gibberish\n']),
    ),
  (host) => host.remove('etc/apparmor.d/abstractions/base'),
  (host) => host.write('etc/apparmor.d/abstractions/base', '# nothing\n'),
  (host, random) =>
    host.write(
      'sys/kernel/security/apparmor/profiles',
      `libvirtd (${random.pick(['enforce', 'complain'])})\nlibvirt-${random.pick(uuids)} (enforce)\n`,
    ),
  (host, random) => {
    host.write('proc/900/comm', 'qemu-system-x86\n');
    host.write('proc/900/cmdline', `qemu\0-uuid\0${random.pick(uuids)}\0`);
    host.write('proc/900/attr/current', random.pick(['unconfined\n', `libvirt-${random.pick(uuids)} (enforce)\n`]));
  },
  (host) => host.remove('proc/900'),
  (host, random) => host.write('etc/hostname', `kvm${random.below(2)}\n`),
  (host, random) =>
    host.write('etc/cloudstack/agent/agent.properties', `qemu.sockets.path=/srv/${random.pick(['a', 'b'])}\n`),
  (host) => host.remove('etc/cloudstack'),
  () => {},
];

/** Changes one to three things at random. */
export const change = (host: ChangingHost, random: Random): void => {
  for (let count = 1 + random.below(3); count > 0; count--) random.pick(changes)(host, random);
};
