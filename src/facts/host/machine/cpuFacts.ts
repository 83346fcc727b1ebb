import type { JsonObject } from '../../../model/json.ts';
import type { Unknown } from '../../../model/subject.ts';
import { packaged } from '../daemon/versions.ts';
import type { HostTree } from '../hostTree.ts';
import type { Learnt } from '../learnt.ts';
import { unreadableAs } from '../unreadable.ts';
import { noKernelState } from './kernelState.ts';

const vulnerabilities = '/sys/devices/system/cpu/vulnerabilities';

/** Debian's and Ubuntu's packages of microcode, by the vendor that /proc/cpuinfo names. */
const microcode: Readonly<Record<string, string>> = {
  GenuineIntel: 'intel-microcode',
  AuthenticAMD: 'amd64-microcode',
};

const field = (text: string, name: string): string | undefined =>
  new RegExp(`^${name}\\s*: *(.*)$`, 'm').exec(text)?.[1]?.trim();

/** What of the processor lets KVM run guests: vmx and svm on x86, sie on s390x; elsewhere cpuinfo does not tell. */
const virtualization = (text: string): string | undefined => {
  const flags = (field(text, 'flags') ?? field(text, 'features'))?.split(' ');
  return flags === undefined ? undefined : (['vmx', 'svm', 'sie'].find((flag) => flags.includes(flag)) ?? 'none');
};

const processor = (tree: HostTree): Learnt => {
  const known = tree.read('/proc/cpuinfo');
  if (known === undefined || 'unreadable' in known) {
    const reason = known?.unreadable ?? 'the host root holds no /proc/cpuinfo; audit the running host to learn it';
    return {
      facts: {},
      unknown: ['virtualization', 'hypervisor', 'microcodePackage'].map((fact) => ({
        at: `/host/cpu/${fact}`,
        reason,
      })),
    };
  }
  const kind = virtualization(known.text);
  const wanted = microcode[field(known.text, 'vendor_id') ?? ''];
  const status = tree.read('/var/lib/dpkg/status');
  const dpkg = status !== undefined && 'text' in status ? status.text : undefined;
  return {
    facts: {
      ...(kind === undefined ? {} : { virtualization: kind }),
      hypervisor: (field(known.text, 'flags') ?? '').split(' ').includes('hypervisor'),
      ...(wanted === undefined || dpkg === undefined
        ? {}
        : { microcodePackage: { name: wanted, installed: packaged(dpkg, [wanted]) !== undefined } }),
    },
    unknown:
      status !== undefined && 'unreadable' in status
        ? [{ at: '/host/cpu/microcodePackage', reason: status.unreadable }]
        : [],
  };
};

const known = (tree: HostTree): Learnt => {
  const missing = noKernelState(tree);
  if (missing !== undefined) return { facts: {}, unknown: [{ at: '/host/cpu/vulnerabilities', reason: missing }] };
  const unknown: Unknown[] = unreadableAs(tree, [vulnerabilities], '/host/cpu/vulnerabilities');
  const found = (tree.list(vulnerabilities) ?? []).flatMap((name, index): JsonObject[] => {
    const status = tree.read(`${vulnerabilities}/${name}`);
    if (status !== undefined && 'text' in status) return [{ name, status: status.text.trim() }];
    unknown.push({ at: `/host/cpu/vulnerabilities/${index}`, reason: status?.unreadable ?? `${name} has no text` });
    return [{ name }];
  });
  return { facts: { vulnerabilities: found }, unknown };
};

/** `host.cpu`: what the kernel says of the processor and of its faults (kernel doc "Hardware vulnerabilities"). */
export const cpuFacts = (tree: HostTree): Learnt => {
  const parts = [processor(tree), known(tree)];
  return {
    facts: { cpu: Object.assign({}, ...parts.map(({ facts }) => facts)) },
    unknown: parts.flatMap(({ unknown }) => unknown),
  };
};
