import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { v8Flags } from '../../src/auditor/v8Flags.ts';
import { mainModule } from '../real/virtAudit.ts';
import { ms, type Row } from './row.ts';
import { median } from './statistics.ts';

const time = (args: readonly string[]): number => {
  const began = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return performance.now() - began;
};

const rulesetModule = pathToFileURL(join(import.meta.dirname, '..', '..', 'dist', 'auditor', 'loadRuleset.js'));
const loading = `import('${rulesetModule}').then(({ loadRuleset }) => loadRuleset({ rules: [], tags: [], only: [], skip: [] }))`;

/** How long a command takes to answer, and the catalogue to load and compile, over Node's own start. */
export const start = (): Row[] => {
  const times = { node: [] as number[], version: [] as number[], rules: [] as number[] };
  for (let round = 0; round < 15; round++) {
    times.node.push(time(['-e', '0']));
    times.version.push(time([mainModule, '--version']));
    times.rules.push(time([...v8Flags(process.versions.v8), '-e', loading]));
  }
  const node = median(times.node);
  const version = median(times.version);
  const rules = median(times.rules);
  return [
    {
      what: 'virt-audit --version',
      measured: ms(version),
      against: `node -e 0 ${ms(node)}`,
      figure: version / node,
      target: 2,
    },
    {
      what: 'all rules loaded and compiled',
      measured: ms(rules),
      against: `node -e 0 ${ms(node)}`,
      figure: rules - node,
      target: 150,
      unit: ' ms',
    },
  ];
};
