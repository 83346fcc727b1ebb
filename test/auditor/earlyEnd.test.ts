/** The auditor's process is ended from outside, before it could take what it is asked. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { createAuditor } from '../../src/auditor/auditor.ts';
import type { Job } from '../../src/auditor/job.ts';

const job: Job = {
  spec: { domains: [], root: '/', rules: [], tags: [], only: ['guest-agent-channel'], skip: [], timeout: 1000 },
  renderings: [],
  dryRun: true,
};

/** Has ended, and nobody has asked how yet. */
const isZombie = (pid: number): boolean => /\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));

for (const signal of ['SIGKILL', 'SIGSEGV'] as const) {
  test(`it is said that ${signal} ended it, not what became of the message to it`, async () => {
    const auditor = createAuditor();
    try {
      assert.deepEqual(await auditor.run(job, 60_000), { kind: 'ready' });
      const pid = auditor.pid();
      assert.ok(pid !== undefined);
      // Whatever this machine does with a core, none is left in the folder that the tests were started in: a limit of one
      // byte also keeps it from a program that takes them all (core(5)).
      execFileSync('prlimit', ['--core=1', '--pid', `${pid}`]);
      process.kill(pid, signal);
      // Without a turn of the event loop, in which its end would be noticed.
      while (!isZombie(pid));
      await assert.rejects(auditor.run(job, 60_000), {
        name: 'AuditorError',
        message: `the auditor's process ended early (${signal})`,
      });
      assert.deepEqual(await auditor.run(job, 60_000), { kind: 'ready' }, 'the next is asked as if nothing had been');
    } finally {
      auditor.stop();
    }
  });
}
