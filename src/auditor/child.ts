/**
 * The auditor's process: waits for jobs, answers each. libvirt is called here and nowhere else, because a call into a
 * hung daemon can only be ended together with the process that made it.
 */
import type { Job } from './job.ts';
import type { RulesetFiles } from './rulesetFiles.ts';
import { runJob } from './runJob.ts';

/** The texts of rules and profile, where the parent has them: then no file is read again, whatever has become of it. */
let files: RulesetFiles | undefined;

const end = (): void => {
  // process.exit waits for threads, and a hung libvirt call holds one. virsh is in this group too, and may hang as well.
  process.kill(-process.pid, 'SIGKILL');
};

process.on('disconnect', end);
// systemctl kill sends it to all of a service's processes, and Node would open a debugger.
process.on('SIGUSR1', () => {});
process.on('message', async (message: Job | RulesetFiles) => {
  if ('spec' in message) process.send?.(await runJob(message, files));
  else files = message;
});
