// Prints virt-audit(1): deploy/deb/virt-audit.1 with what the built program itself says of its commands and options.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

const helpOf = (command) =>
  execFileSync(process.execPath, [join(root, 'dist', 'main.js'), ...command, '--help'], { encoding: 'utf8' });

/** A section's entries: a term at two blanks, and its text after it or further in on the next lines. */
const entriesOf = (help, section) => {
  const lines = (new RegExp(`^${section}:\\n((?:  .*\\n)*)`, 'm').exec(help)?.[1] ?? '').split('\n');
  const entries = [];
  for (const line of lines) {
    const [, term, text = ''] = /^ {2}(\S.*?)(?: {2,}(.*))?$/.exec(line) ?? [];
    if (term !== undefined) entries.push({ term, text });
    else if (line.trim() !== '') entries.at(-1).text += ` ${line.trim()}`;
  }
  return entries.map(({ term, text }) => ({ term, text: text.trim() }));
};

/** Text for roff: nothing in it is markup. */
const escaped = (text) =>
  text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replaceAll(/^([.'])/gm, '\\&$1')
    .replaceAll('"', '\\(dq');

const item = ({ term, text }) => `.TP\n.B "${escaped(term)}"\n${escaped(text)}`;

/** The commands below one, or itself where there are none. */
const leaves = (command) => {
  const below = entriesOf(helpOf(command), 'Commands').filter(({ term }) => !/^help\b/.test(term));
  return below.length === 0 ? [command] : below.flatMap(({ term }) => leaves([...command, term.split(/[ |]/)[0]]));
};

/** What stands between the usage and the options, and after these. */
const proseOf = (help) => {
  const [, ...paragraphs] = help.trim().split('\n\n');
  return paragraphs.filter((text) => !/^(Arguments|Options|Commands):/.test(text));
};

const section = (command) => {
  const help = helpOf(command);
  const [description = '', ...rest] = proseOf(help);
  const entries = [...entriesOf(help, 'Arguments'), ...entriesOf(help, 'Options')].filter(
    ({ term }) => term !== '-h, --help',
  );
  // The template's own table has those of check, which the others share but for what they say here.
  const shown = rest.filter((text) => command[0] !== 'check' || !text.startsWith('Exit status'));
  const prose = shown.map((text) => `.PP\n${escaped(text)}`);
  return [
    `.SS "virt\\-audit ${escaped(command.join(' '))}"`,
    escaped(description),
    ...entries.map(item),
    ...prose,
  ].join('\n');
};

const commands = leaves([]).map(section).join('\n');
const template = readFileSync(join(root, 'deploy', 'deb', 'virt-audit.1'), 'utf8');
process.stdout.write(template.replace('@COMMANDS@', () => commands).replace('VERSION', version));
