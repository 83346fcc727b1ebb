import { InputError } from '../model/inputError.ts';
import type { JobResult } from './job.ts';

/** What to throw where a job has not come to what was asked for: a mistake of the operator's, or a bug with the stack that it had. */
export const unexpected = (result: JobResult): Error => {
  switch (result.kind) {
    case 'input':
      return new InputError(result.message);
    case 'bug':
      return Object.assign(new Error('the auditor failed'), { stack: result.stack });
    case 'done':
    case 'collected':
    case 'ready':
      return new Error(`the auditor answered another question: ${result.kind}`);
  }
};
