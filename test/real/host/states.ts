/** A domain with one channel, whose socket is to be made at a path. */
export interface StateDomain {
  readonly name: string;
  readonly uuid: string;
  readonly socket: string;
  /** Whether the socket can be made. That virt-audit says so is the test; that libvirt does, what makes it one. */
  readonly starts: boolean;
}

/** A state that the host is brought into, by shell commands which may use the functions of init.sh. */
export interface HostState {
  readonly name: string;
  readonly prepare: string;
  readonly undo: string;
  readonly domains: readonly StateDomain[];
  /** Whether QEMU runs under a profile. */
  readonly confined: boolean;
  /** virt-audit is asked again while the domains run. */
  readonly auditRunning?: true;
}

const policy = '/etc/apparmor.d';
const local = `${policy}/local/usr.sbin.libvirtd`;
const deny = `echo 'deny /var/lib/libvirt/qemu/*.org.qemu.guest_agent.0 w,' >${local}`;
const agentProperties = '/etc/cloudstack/agent/agent.properties';
const emptyLocal = `: >${local}`;
const files = ['usr.lib.libvirt.virt-aa-helper', 'usr.sbin.libvirtd'];

/** Where CloudStack's agent puts an Instance's socket. */
const cloudstack = (starts: boolean): readonly StateDomain[] => [
  {
    name: 'i-2-10-VM',
    uuid: '5a1f1c3e-6f0e-4c55-9c9b-0d4c2f0a7a10',
    socket: '/var/lib/libvirt/qemu/i-2-10-VM.org.qemu.guest_agent.0',
    starts,
  },
];

const moved = (name: string, uuid: string, folder: string, starts: boolean): StateDomain => ({
  name,
  uuid,
  socket: `${folder}/${name}.org.qemu.guest_agent.0`,
  starts,
});

/** The states that the tests' host goes through, in this order. */
export const states: readonly HostState[] = [
  { name: 'healthy', prepare: '', undo: '', domains: cloudstack(true), confined: true, auditRunning: true },
  {
    name: 'local-deny',
    prepare: `${deny}\nload_profiles`,
    undo: `${emptyLocal}\nload_profiles`,
    domains: cloudstack(false),
    confined: true,
  },
  {
    // As cloudstack-setup-agent did.
    name: 'disabled',
    prepare: [
      ...files.map((file) => `ln -s ${policy}/${file} ${policy}/disable/`),
      `apparmor_parser --remove ${files.map((file) => `${policy}/${file}`).join(' ')}`,
      'restart_daemon',
    ].join('\n'),
    undo: [...files.map((file) => `rm ${policy}/disable/${file}`), 'load_profiles', 'restart_daemon'].join('\n'),
    domains: cloudstack(true),
    confined: false,
  },
  {
    // The kernel enforces a deny without audit even so; it lets through, and logs, what is denied with audit or not allowed.
    name: 'complain',
    prepare: [
      'mkdir -p /srv/sockets',
      `ln -s ${policy}/usr.sbin.libvirtd ${policy}/force-complain/`,
      deny,
      `echo 'audit deny /srv/sockets/** w,' >>${local}`,
      'load_profiles',
    ].join('\n'),
    undo: `rm ${policy}/force-complain/usr.sbin.libvirtd\n${emptyLocal}\nload_profiles`,
    domains: [...cloudstack(false), moved('i-2-11-VM', '5a1f1c3e-6f0e-4c55-9c9b-0d4c2f0a7a11', '/srv/sockets', true)],
    confined: true,
  },
  {
    name: 'moved',
    // The second folder is the one that CloudStack's agent is told to use.
    prepare: [
      'mkdir -p /srv/sockets /srv/denied',
      `echo qemu.sockets.path=/srv/denied >${agentProperties}`,
      `echo 'deny /srv/denied/** w,' >${local}`,
      'load_profiles',
    ].join('\n'),
    undo: [`: >${agentProperties}`, emptyLocal, 'load_profiles'].join('\n'),
    domains: [
      moved('i-2-11-VM', '5a1f1c3e-6f0e-4c55-9c9b-0d4c2f0a7a11', '/srv/sockets', true),
      moved('i-2-12-VM', '5a1f1c3e-6f0e-4c55-9c9b-0d4c2f0a7a12', '/srv/denied', false),
    ],
    confined: true,
  },
];

/** The smallest domain that has a channel; it needs no disk and no kernel. */
export const domainXml = ({ name, uuid, socket }: StateDomain): string => `<domain type='qemu'>
  <name>${name}</name>
  <uuid>${uuid}</uuid>
  <memory unit='MiB'>16</memory>
  <os><type arch='x86_64' machine='pc'>hvm</type></os>
  <devices>
    <channel type='unix'>
      <source mode='bind' path='${socket}'/>
      <target type='virtio' name='org.qemu.guest_agent.0'/>
    </channel>
  </devices>
</domain>
`;
