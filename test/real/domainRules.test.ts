/** Rules about domain XML on what a real libvirtd makes of it: what it adds, drops and writes back differently. */
import assert from 'node:assert/strict';
import { startPrivateLibvirt } from './privateLibvirt.ts';
import { realTest } from './realTest.ts';
import { checkJson, outcomesOf } from './virtAudit.ts';

const agent = "<target type='virtio' name='org.qemu.guest_agent.0'/>";
const socket = (source: string, target = agent) => `<channel type='unix'>${source}${target}</channel>`;
const nic = (inside: string) => `<interface type='user'>${inside}</interface>`;
const mac = "<mac address='52:54:00:AA:bb:01'/>";

/** What stands in `<devices>` or beside it, and the rule that must find it; nothing else differs from a domain that passes. */
const cases: readonly { rule: string; devices?: string; beside?: string }[] = [
  {
    rule: 'guest-agent-socket-listens',
    devices: socket("<source mode='connect' path='/var/lib/libvirt/qemu/a'/>"),
  },
  { rule: 'guest-agent-target-virtio', devices: socket("<source path='/run/a'/>", agent.replace('virtio', 'xen')) },
  { rule: 'guest-agent-standard-name', devices: socket('', agent.replace('agent.0', 'agent.1')) },
  { rule: 'channel-socket-in-managed-directory', devices: socket("<source mode='bind' path='/srv/a'/>") },
  {
    rule: 'channel-source-path-not-left-over',
    devices: socket("<source mode='bind' path='/run/libvirt/qemu/channel/3-x/org.qemu.guest_agent.0'/>"),
  },
  {
    rule: 'chardev-tcp-encrypted',
    devices: "<serial type='tcp'><source mode='bind' host='0.0.0.0' service='4555'/></serial>",
  },
  { rule: 'graphics-not-on-every-address', devices: "<graphics type='vnc' autoport='yes' listen='0.0.0.0'/>" },
  { rule: 'video-model-not-cirrus', devices: "<graphics type='vnc' autoport='yes'/>" },
  {
    rule: 'domain-seclabel-dac-not-root',
    beside: "<seclabel type='static' model='dac' relabel='yes'><label>root:root</label></seclabel>",
  },
  {
    rule: 'domain-without-qemu-passthrough',
    beside:
      "<commandline xmlns='http://libvirt.org/schemas/domain/qemu/1.0'><arg value='-no-user-config'/></commandline>",
  },
  {
    rule: 'disk-relabelled',
    devices:
      "<disk type='file' device='disk'><source file='/srv/a'><seclabel model='dac' relabel='no'/></source><target dev='vda' bus='virtio'/></disk>",
  },
  { rule: 'interface-model-paravirtual', devices: nic('') },
  { rule: 'memballoon-present', devices: "<memballoon model='none'/>" },
  { rule: 'watchdog-acts', devices: "<watchdog model='i6300esb' action='none'/>" },
  {
    rule: 'filesystem-share-narrow',
    devices: "<filesystem type='mount'><source dir='/etc/'/><target dir='x'/></filesystem>",
  },
];

const domainXml = (name: string, devices = '', beside = ''): string => `<domain type='qemu'>
  <name>${name}</name>
  <memory unit='MiB'>64</memory>
  <os><type arch='x86_64' machine='q35'>hvm</type></os>
  <features><acpi/></features>
  <devices>${devices}</devices>
  ${beside}
</domain>`;

realTest(
  'each rule finds its fault in what libvirt writes back, and not where it is not',
  ['privateLibvirt'],
  async () => {
    await using libvirt = await startPrivateLibvirt();
    const sound = `${socket('')}${nic("<model type='virtio'/>")}<memballoon model='virtio'/>`;
    await libvirt.define(
      domainXml('sound', sound),
      ...cases.map(({ rule, devices, beside }) => domainXml(rule, devices, beside)),
      domainXml('original', nic(mac)),
      domainXml('copy', nic(mac.toLowerCase())),
    );
    const { report } = await checkJson(libvirt.run, []);
    for (const { rule } of cases) {
      assert.deepEqual(outcomesOf(report, rule, rule), { config: 'fail' }, rule);
      assert.notEqual(outcomesOf(report, rule, 'sound').config, 'fail', rule);
    }
    assert.deepEqual(outcomesOf(report, 'interface-mac-unshared', 'original'), { config: 'fail' });
    assert.deepEqual(outcomesOf(report, 'interface-mac-unshared', 'copy'), { config: 'fail' });
    assert.deepEqual(outcomesOf(report, 'interface-mac-unshared', 'sound'), { config: 'pass' });
    assert.deepEqual(outcomesOf(report, 'pcie-root-port-free', 'sound'), { config: 'pass' });
    assert.deepEqual(outcomesOf(report, 'acpi-on', 'sound'), { config: 'pass' });
  },
);
