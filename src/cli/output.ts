import { closeSync, constants, openSync, statSync, writeFileSync } from 'node:fs';
import { InputError } from '../model/inputError.ts';
import { isReporterName, type ReporterName, reporters } from '../reporters/reporters.ts';
import { replaceable, replaceFile, writeFault } from './replaceFile.ts';

/** One `--format`: what to write, and where; without a path, to standard output. */
export interface Output {
  format: ReporterName | 'prometheus';
  path?: string;
}

const formats = [...Object.keys(reporters), 'prometheus'];

const isFormat = (name: string): name is Output['format'] => isReporterName(name) || name === 'prometheus';

const outputOf = (argument: string): Output => {
  const [format = '', ...path] = argument.split('=');
  if (!isFormat(format)) throw new InputError(`unknown format "${format}", expected one of ${formats.join(', ')}`);
  if (argument === `${format}=`)
    throw new InputError(`--format: ${argument} names no file; --format ${format}=report.${format}`);
  return path.length === 0 ? { format } : { format, path: path.join('=') };
};

/** What the values of `--format` ask for; text when none is given. @throws InputError */
export const outputsOf = (given: readonly string[]): Output[] => {
  const outputs = (given.length === 0 ? ['text'] : given).map(outputOf);
  if (outputs.filter(({ path }) => path === undefined).length > 1) {
    throw new InputError('two formats for one standard output; give all but one a path: --format json=report.json');
  }
  const paths = outputs.map(({ path }) => path);
  const twice = paths.find((path, index) => path !== undefined && paths.indexOf(path) !== index);
  if (twice !== undefined) throw new InputError(`--format: ${twice} is named twice`);
  for (const { format, path } of outputs) {
    if (format === 'prometheus' && path !== undefined) replaceable(path, '--format');
  }
  return outputs;
};

/** To open a pipe that nobody reads would wait for ever; without waiting, it fails. */
const openPipe = (path: string): number | undefined =>
  statSync(path, { throwIfNoEntry: false })?.isFIFO()
    ? openSync(path, constants.O_WRONLY | constants.O_NONBLOCK)
    : undefined;

const writeText = (path: string, text: string): void => {
  const pipe = openPipe(path);
  try {
    writeFileSync(path, text);
  } finally {
    if (pipe !== undefined) closeSync(pipe);
  }
};

/** Writes a finished text where it belongs. @throws InputError when it can't be written */
export const writeOutput = ({ format, path }: Output, text: string): void => {
  if (path === undefined) {
    process.stdout.write(text);
    return;
  }
  try {
    // node_exporter may read its file at any moment.
    if (format === 'prometheus') replaceFile(replaceable(path, '--format'), text, 0o644);
    else writeText(path, text);
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError(`--format: can't write ${path}: ${writeFault(error)}`);
  }
};
