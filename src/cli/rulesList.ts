import { loadRuleset } from '../auditor/loadRuleset.ts';
import { readConfig } from './readConfig.ts';

export interface RulesListOptions {
  rules: string[];
  tag: string[];
  profile?: string;
  config?: string;
  tags?: boolean;
}

/**
 * `virt-audit rules list`: the rules that an audit with this profile and configuration runs, one to a line; with `--tags`
 * their tags instead.
 *
 * @throws InputError
 */
export const rulesList = async ({
  rules: paths,
  tag,
  profile,
  config: file,
  tags,
}: RulesListOptions): Promise<void> => {
  const config = readConfig(file);
  const { rules } = await loadRuleset({
    rules: paths,
    tags: tag,
    only: [],
    skip: [],
    ...(profile === undefined ? {} : { profile }),
    ...(config === undefined ? {} : { config }),
  });
  const infos = rules.map(({ info }) => info);
  const widest = Math.max(...infos.map(({ id }) => id.length));
  const lines = tags
    ? [...new Set(infos.flatMap((info) => info.tags))].sort()
    : infos.map(({ severity, id, title }) => `${severity.padEnd(8)}  ${id.padEnd(widest)}  ${title}`);
  process.stdout.write(lines.map((line) => `${line}\n`).join(''));
};
