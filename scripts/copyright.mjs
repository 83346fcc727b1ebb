// Prints the package's copyright file in Debian's machine-readable form: node copyright.mjs PROGRAM_FOLDER NODE_LICENCE
// https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const [home, nodeLicence] = process.argv.slice(2);
const modules = join(home, 'node_modules');

const packages = readdirSync(modules)
  .flatMap((name) =>
    name.startsWith('@') ? readdirSync(join(modules, name)).map((part) => `${name}/${part}`) : [name],
  )
  .sort();

/** Continuation lines begin with a blank; empty ones are a full stop. */
const indented = (text) =>
  text.trimEnd().replaceAll(/^(.*)$/gm, (line) => (line.trim() === '' ? ' .' : ` ${line.trimEnd()}`));

const licenceOf = (folder) => {
  const file = readdirSync(folder).find((name) => /^(licen[cs]e|copying)/i.test(name));
  return file === undefined ? undefined : readFileSync(join(folder, file), 'utf8');
};

const stanza = (name) => {
  const folder = join(modules, name);
  const { version, license, author } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  if (typeof license !== 'string') throw new Error(`${name}: no licence in package.json`);
  const text = licenceOf(folder);
  const holder = typeof author === 'object' ? author.name : author;
  const copyright =
    /^.*copyright (?:\(c\)|©|\d{4}).*$/im.exec(text ?? '')?.[0].trim() ?? holder ?? `the authors of ${name}`;
  return [
    `Files: usr/lib/virt-audit/node_modules/${name}/*`,
    `Copyright: ${copyright}`,
    `License: ${license}`,
    `Comment: ${name} ${version}`,
    ...(text === undefined ? [] : [indented(text)]),
  ].join('\n');
};

process.stdout.write(
  [
    'Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\nUpstream-Name: virt-audit',
    'Files: *\nCopyright: the virt-audit authors\nLicense: Apache-2.0\nComment: /usr/share/common-licenses/Apache-2.0 has its text.',
    ...packages.map(stanza),
    `Files: usr/lib/virt-audit/node\nCopyright: Node.js contributors, and others as below\nLicense: Node\n${indented(readFileSync(nodeLicence, 'utf8'))}`,
  ]
    .join('\n\n')
    .concat('\n'),
);
