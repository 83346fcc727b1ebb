import type { Command } from 'commander';
import { repeatable } from './option.ts';
import { packagedConfig } from './readConfig.ts';
import type { RulesListOptions } from './rulesList.ts';
import type { RulesShowOptions } from './rulesShow.ts';

const furtherRules = (command: Command): Command =>
  command.option('--rules <path>', 'further rules: a file or a folder (repeatable)', repeatable, []);

const withSettings = `with these settings (default: ${packagedConfig}, where it exists)`;

/** Adds `list`, `show`, `test` and `docs` to `virt-audit rules`. */
export const rulesCommands = (rules: Command): void => {
  furtherRules(rules.command('list'))
    .description('The rules that an audit runs: severity, id, title.')
    .option('--profile <name>', 'of this profile')
    .option('--config <file>', withSettings)
    .option('--tag <tag>', 'only rules with this tag (repeatable)', repeatable, [])
    .option('--tags', 'list the tags instead')
    .action(async (options: RulesListOptions) => {
      const { rulesList } = await import('./rulesList.ts');
      await rulesList(options);
    });
  furtherRules(rules.command('show'))
    .argument('<id>', 'the rule')
    .description('What one rule checks, why, and what to do.')
    .option('--profile <name>', 'as grave as in this profile')
    .option('--config <file>', withSettings)
    .option('--fix <file>', 'print what would mend this domain XML, as a diff, instead; nothing is written')
    .addHelpText(
      'after',
      '\nExit status: 0 shown, 2 there is no such rule, or it has no such change, 3 the change would not be enough.',
    )
    .action(async (id: string, options: RulesShowOptions & { fix?: string }) => {
      if (options.fix !== undefined) {
        const { rulesFix } = await import('./rulesFix.ts');
        rulesFix(id, options.fix, options);
        return;
      }
      const { rulesShow } = await import('./rulesShow.ts');
      rulesShow(id, options);
    });
  rules
    .command('test')
    .argument('[path]', 'a rule file or a folder of them; the built-in rules when left out')
    .description('Hold rules against their examples, as strictly as the built-in ones.')
    .addHelpText('after', '\nExit status: 0 every rule is proven, 1 some are not, 2 a rule file is wrong.')
    .action(async (path: string | undefined) => {
      const { rulesTest } = await import('./rulesTest.ts');
      rulesTest(path);
    });
  furtherRules(rules.command('docs'))
    .description('The catalogue as Markdown.')
    .action(async (options: { rules: string[] }) => {
      const { rulesDocs } = await import('./rulesDocs.ts');
      rulesDocs(options.rules);
    });
};
