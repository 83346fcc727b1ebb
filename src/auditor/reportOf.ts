import { claimsBundle } from '../sources/bundleFile.ts';
import { jsonFile, type SavedReport, savedReport } from '../sources/reportFile.ts';
import { runJob } from './runJob.ts';
import { unexpected } from './unexpected.ts';

/**
 * A saved report; a bundle is judged by the default rules first.
 *
 * @throws InputError for a file that is neither
 */
export const reportOf = async (path: string): Promise<SavedReport> => {
  const value = jsonFile(path, 'diff takes reports of check --format json, and bundles of collect');
  if (!claimsBundle(value)) return savedReport(value, path);
  const nothing = { domains: [], rules: [], tags: [], only: [], skip: [] };
  const result = await runJob({
    spec: { ...nothing, from: path, root: '/', timeout: 0 },
    renderings: [{ kind: 'report', format: 'json', color: false, minSeverity: 'info' }],
  });
  if (result.kind !== 'done') throw unexpected(result);
  return savedReport(JSON.parse(result.texts[0] ?? ''), path);
};
