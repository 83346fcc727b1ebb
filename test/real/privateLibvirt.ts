import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { capabilitiesCache } from './capabilitiesCache.ts';
import { eventually } from './eventually.ts';
import { type MountNamespace, openMountNamespace } from './mountNamespace.ts';
import { outputOf } from './outputOf.ts';
import { temporaryFolder } from './temporaryFolder.ts';

const daemonLog = '/var/log/libvirt/libvirtd.log';
const daemonPidFile = '/run/libvirtd.pid';

/** What a private libvirt may be told. */
export interface PrivateLibvirtOptions {
  /**
   * What the daemon's sockets are called: as libvirtd's, or as those of virtqemud, which Debian does not package.
   * The daemon is libvirtd either way; libvirt's own clients go by these names too.
   */
  sockets?: 'libvirt-sock' | 'virtqemud-sock';
  /** More lines for libvirtd.conf, such as `auth_unix_ro = "none"`: users other than root have no polkit to ask here. */
  libvirtdConf?: string;
  /** A folder with another Debian, whose libvirt and QEMU are to run; this machine's own otherwise. */
  root?: string;
}

/** A real libvirtd with real QEMU, all its own: nothing of it is seen from outside, and nothing of it stays. */
export interface PrivateLibvirt extends Omit<MountNamespace, 'close'> {
  /** The daemon's process. */
  readonly daemonPid: number;
  /** The output of virsh, run as root on the ordinary socket. */
  virsh(...args: string[]): Promise<string>;
  /** Defines any number of domains at once. */
  define(...domains: string[]): Promise<void>;
  start(name: string): Promise<void>;
  destroy(name: string): Promise<void>;
  undefine(name: string): Promise<void>;
  /** The XML of what runs, or else of what starts next; with `--inactive` always the latter. */
  dumpxml(name: string, ...flags: string[]): Promise<string>;
  /** Stops the daemon where it stands: connections still succeed, and nothing is answered. */
  pause(): void;
  /** Lets a paused daemon go on. */
  resume(): void;
  /** Ends the daemon at once. Domains run on; its sockets stay and refuse connections. */
  kill(): Promise<void>;
  /** Starts the daemon anew after `kill`. */
  restart(): Promise<void>;
  /** Ends everything. */
  stop(): Promise<void>;
}

const startDaemon = async (space: MountNamespace, sockets: string): Promise<number> => {
  const env = { ...process.env, LIBVIRT_LOG_OUTPUTS: `3:file:${daemonLog}` };
  try {
    await outputOf('libvirtd', ['--daemon', '--pid-file', daemonPidFile], { env }, space.run);
    if (sockets !== 'libvirt-sock') {
      for (const suffix of ['', '-ro']) {
        const from = `/run/libvirt/libvirt-sock${suffix}`;
        await outputOf('mv', [from, `/run/libvirt/${sockets}${suffix}`], {}, space.run);
      }
    }
    await outputOf('virsh', ['--connect', 'qemu:///system', 'version'], {}, space.run);
  } catch (cause) {
    const log = await readFile(space.path(daemonLog), 'utf8').catch(() => 'no log');
    throw new Error(`libvirtd does not start: ${log.trim().split('\n').slice(-5).join('\n')}`, { cause });
  }
  return Number(await readFile(space.path(daemonPidFile), 'utf8'));
};

/**
 * Whether a process has closed all that it had open, even before its parent takes note. A zombie has (Linux runs the
 * closing before it says so), but for a leader whose threads still end: they hold the same sockets, and those take
 * connections until then.
 */
const hasEnded = (pid: number): Promise<true | undefined> =>
  readFile(`/proc/${pid}/status`, 'utf8').then(
    (status) => (/^State:\tZ/m.test(status) && /^Threads:\t[01]$/m.test(status) ? true : undefined),
    () => true,
  );

/** Starts a libvirtd that is all the test's own; needs root. It ends with the test's process at the latest. */
export const startPrivateLibvirt = async ({
  sockets = 'libvirt-sock',
  libvirtdConf = '',
  root,
}: PrivateLibvirtOptions = {}): Promise<PrivateLibvirt> => {
  const space = await openMountNamespace(root);
  let daemonPid: number;
  try {
    await appendFile(space.path('/etc/libvirt/libvirtd.conf'), `\n${libvirtdConf}\n`);
    // Without it no domain with a console in a file starts.
    await outputOf('virtlogd', ['--daemon', '--pid-file', '/run/virtlogd.pid'], {}, space.run);
    const capabilities = await capabilitiesCache(space.path, root === undefined ? 'libvirt' : 'target');
    await capabilities.restore();
    daemonPid = await startDaemon(space, sockets);
    await capabilities.save();
  } catch (error) {
    await space.close();
    throw error;
  }

  const virsh = (...args: string[]): Promise<string> =>
    outputOf('virsh', ['--quiet', '--connect', 'qemu:///system', ...args], {}, space.run);

  return {
    run: space.run,
    spawn: space.spawn,
    path: space.path,
    get daemonPid() {
      return daemonPid;
    },
    virsh,
    async define(...domains) {
      await using folder = await temporaryFolder(space.path('/run'));
      const files = domains.map((_, index) => join('/run', basename(folder.path), `${index}.xml`));
      await Promise.all(files.map((file, index) => writeFile(space.path(file), domains[index] ?? '')));
      // One virsh for all: it reads commands from its input, and goes on after one that fails.
      const options = { input: files.map((file) => `define ${file}\n`).join('') };
      const { stderr } = await space.run('virsh', ['--quiet', '--connect', 'qemu:///system'], options);
      if (stderr.trim() !== '') throw new Error(`virsh define: ${stderr.trim()}`);
    },
    start: async (name) => void (await virsh('start', name)),
    destroy: async (name) => void (await virsh('destroy', name)),
    undefine: async (name) => void (await virsh('undefine', name)),
    dumpxml: (name, ...flags) => virsh('dumpxml', name, ...flags),
    pause: () => void process.kill(daemonPid, 'SIGSTOP'),
    resume: () => void process.kill(daemonPid, 'SIGCONT'),
    async kill() {
      process.kill(daemonPid, 'SIGKILL');
      await eventually('libvirtd has ended', () => hasEnded(daemonPid));
    },
    async restart() {
      daemonPid = await startDaemon(space, sockets);
    },
    stop: space.close,
    [Symbol.asyncDispose]: space.close,
  };
};
