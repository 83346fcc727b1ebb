/**
 * The auditor's process: waits for jobs, answers each. libvirt is called here and nowhere else, because a call into a
 * hung daemon can only be ended together with the process that made it.
 */
import type { Job } from './job.ts';
import { runJob } from './runJob.ts';

const end = (): void => {
  // process.exit waits for threads, and a hung libvirt call holds one.
  process.kill(process.pid, 'SIGKILL');
};

process.on('disconnect', end);
process.on('message', async (job: Job) => {
  process.send?.(await runJob(job));
});
