/**
 * What an operator may set for the rules of a profile or of a host; rules read it at `/parameters/NAME`. One that is
 * absent leaves it to the facts (agent.properties, the name's usual form).
 */
export interface Parameters {
  /** Where channel sockets are put: CloudStack's `qemu.sockets.path`, in place of what agent.properties says. */
  socketsPath?: string;
  /** A regular expression (ECMAScript, `u`) that names of CloudStack's system VMs match. */
  systemVmName?: string;
  /** `quiesced`: snapshots and backups are to be consistent for file systems, so the agent must answer. */
  snapshotPolicy: 'none' | 'quiesced';
  /** Whether domains must be able to leave the host while they run. */
  mustMigrate: boolean;
  /** Whether what is reached over the network must be encrypted also within the management network. */
  expectTls: boolean;
  /** Folders in which channel sockets may lie, beside the one that `socketsPath` names. */
  managedSocketDirectories: readonly string[];
}

/** What holds where neither profile nor configuration says otherwise. */
export const defaultParameters: Parameters = {
  snapshotPolicy: 'quiesced',
  mustMigrate: false,
  expectTls: false,
  managedSocketDirectories: ['/var/lib/libvirt/qemu', '/run/libvirt/qemu', '/var/run/libvirt/qemu'],
};
