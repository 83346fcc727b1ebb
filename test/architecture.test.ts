/** Holds the layout, the arrows between folders, and the size of files. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, posix, relative, sep } from 'node:path';
import { test } from 'node:test';

const root = join(import.meta.dirname, '..');

const sources = readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
  .map((entry) => relative(join(root, 'src'), join(entry.parentPath, entry.name)).split(sep).join('/'));

const text = (file: string): string => readFileSync(join(root, 'src', file), 'utf8');

const importsOf = (file: string): string[] =>
  [
    ...text(file).matchAll(/(?:^|\s)(?:import|export)\b[^'"]*?from '([^']+)'|import\('([^']+)'\)|^import '([^']+)'/gm),
  ].map((match) => match[1] ?? match[2] ?? match[3] ?? '');

const folderOf = (file: string): string => (file.includes('/') ? (file.split('/')[0] ?? '') : 'main');

/** Which folders each may import from; itself always. */
const arrows: Readonly<Record<string, readonly string[]>> = {
  main: ['cli'],
  model: [],
  apparmor: [],
  sources: ['model'],
  facts: ['model', 'apparmor'],
  ruleset: ['model', 'facts'],
  engine: ['model'],
  reporters: ['model'],
  exporter: ['model'],
  auditor: ['model', 'apparmor', 'sources', 'facts', 'ruleset', 'engine', 'reporters', 'exporter'],
  cli: ['model', 'apparmor', 'auditor', 'engine', 'exporter', 'ruleset', 'reporters'],
};

test('every folder of src is known', () => {
  assert.deepEqual([...new Set(sources.map(folderOf))].sort(), Object.keys(arrows).sort());
});

for (const file of sources) {
  const folder = folderOf(file);
  test(`${file} imports only what its folder may`, () => {
    for (const name of importsOf(file)) {
      if (!name.startsWith('.')) continue;
      const target = folderOf(posix.join(posix.dirname(file), name));
      assert.ok(target === folder || arrows[folder]?.includes(target), `${folder} must not import ${target} (${name})`);
    }
  });
}

/** Only these touch the world. */
const edges = new Set([
  'main.ts',
  'auditor/auditor.ts',
  'auditor/child.ts',
  'exporter/answer.ts',
  'exporter/connections.ts',
  'exporter/doorway.ts',
  'exporter/pipelineLimit.ts',
  'exporter/send.ts',
  'exporter/server.ts',
  ...sources.filter((file) => file.startsWith('sources/') || file.startsWith('cli/')),
]);

test('the middle is pure: no file system, network, process, or clock of its own', () => {
  const impure = /from 'node:(fs|net|http|https|child_process|os|dgram)|\bprocess\.(?!stdout\b|stderr\b)|Date\.now\(/;
  const middle = sources.filter((file) => !edges.has(file));
  const found = middle.filter((file) => impure.test(text(file).replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')));
  assert.deepEqual(found, ['exporter/processMetrics.ts']);
});

test('the model imports nothing from outside, apparmor nothing at all', () => {
  for (const file of sources.filter((name) => /^(model|apparmor)\//.test(name))) {
    assert.deepEqual(
      importsOf(file).filter((name) => !name.startsWith('.')),
      [],
      file,
    );
  }
});

test('files are small', () => {
  const sizes = sources
    .map((file) => ({ file, lines: text(file).split('\n').length }))
    .sort((a, b) => a.lines - b.lines);
  assert.deepEqual(
    sizes.filter(({ lines }) => lines > 250).map(({ file }) => file),
    [],
  );
  assert.ok((sizes[Math.floor(sizes.length / 2)]?.lines ?? 0) < 80);
});

test('no drawer for leftovers', () => {
  assert.deepEqual(
    sources.filter((file) => /(^|\/)(utils?|helpers?|common|misc|shared)(\/|\.ts$)/.test(file)),
    [],
  );
});

test('what the repository holds at its top', () => {
  const tracked = readdirSync(root).filter(
    (name) => !['.git', 'node_modules', 'build', 'dist', '.cache'].includes(name),
  );
  const known = [
    '.ci',
    '.gitignore',
    '.npmrc',
    'CHANGELOG.md',
    'CONTRIBUTING.md',
    'LICENSE',
    'Makefile',
    'README.md',
    'biome.json',
    'deploy',
    'demo',
    'docs',
    'knip.json',
    'package-lock.json',
    'package.json',
    'rules',
    'scripts',
    'src',
    'test',
    'tsconfig.build.json',
    'tsconfig.json',
  ];
  assert.deepEqual(
    tracked.filter((name) => !known.includes(name)),
    [],
  );
});
