import type { JsonObject } from '../../../model/json.ts';
import type { Unknown } from '../../../model/subject.ts';
import type { QemuProcess } from '../../host/qemu/qemuProcesses.ts';
import type { ParsedDomain } from '../parsedDomain.ts';

/** `libvirt-<uuid> (enforce)`: the last ` (` splits; `unconfined` has no mode. */
const split = (label: string): JsonObject => {
  const at = label.lastIndexOf(' (');
  return at === -1 ? { profile: label } : { profile: label.slice(0, at), mode: label.slice(at + 2, -1) };
};

/** `process`: the QEMU of a running domain, its program, the profile that it runs under, and the one that libvirt makes for it. */
export const processFacts = (
  { definition, uuid }: ParsedDomain,
  processes: ReadonlyMap<string, QemuProcess>,
): { facts: JsonObject; unknown: readonly Unknown[] } => {
  if (definition !== 'live') return { facts: {}, unknown: [] };
  const running = uuid === undefined ? undefined : processes.get(uuid);
  if (running === undefined) {
    // It runs, so there is one: /proc was not there, or hides it.
    const reason = 'no QEMU process of this domain was found in /proc; run as root on the host itself';
    return { facts: {}, unknown: [{ at: '/process', reason }] };
  }
  const { pid, label, unreadable, program } = running;
  const noProgram = `/proc/${pid}/exe could not be read; run as root or with CAP_SYS_PTRACE`;
  return {
    facts: {
      process: {
        pid,
        ownProfile: `libvirt-${uuid}`,
        ...(label === undefined ? {} : split(label)),
        ...(program === undefined ? {} : { program }),
      },
    },
    unknown: [
      ...(unreadable === undefined
        ? []
        : [
            { at: '/process/profile', reason: unreadable },
            { at: '/process/mode', reason: unreadable },
          ]),
      ...(program === undefined ? [{ at: '/process/program', reason: noProgram }] : []),
    ],
  };
};
