import { type Permissions, parsePermissions } from './parsePermissions.ts';
import { takeKeyword } from './parseQualifiers.ts';
import type { Scanner } from './scanner.ts';
import type { FileRule, Qualifiers } from './statement.ts';

/** The pattern of `file,`, which covers every path. */
const everything = '/{**,}';

type UnplacedFileRule = Omit<FileRule, 'line' | 'text'>;

/** Parses `[file] path permissions [-> target],`, or permissions first, or `file,` or `all,`; undefined when it is none of them. */
export function parseFileRule(scanner: Scanner, qualifiers: Qualifiers): UnplacedFileRule | undefined {
  if (takeKeyword(scanner, 'all')) return parseEverything(scanner, qualifiers, 'pi');
  const file = takeKeyword(scanner, 'file');
  if (file && scanner.peek() === ',') return parseEverything(scanner, qualifiers, 'i');
  const kept = takeKeyword(scanner, 'unsafe');
  const marked = kept || takeKeyword(scanner, 'safe');

  const pathFirst = startsPath(scanner);
  const before = pathFirst ? undefined : permissionsHere(scanner);
  if (!pathFirst && before === undefined) {
    if (file || marked) scanner.fail('expected a path');
    return undefined;
  }
  if (!startsPath(scanner)) scanner.fail('expected a path');
  const path = scanner.identifier();
  if (!/^[/@]/.test(path)) scanner.fail('a path starts with "/"');
  scanner.skipTrivia();
  const permissions = before ?? permissionsHere(scanner) ?? scanner.fail('expected permissions');
  const target = scanner.take('->') ? scanner.identifier() : undefined;
  scanner.expect(',');
  checkExec(scanner, qualifiers, permissions, marked);
  const { letters, execMode, impliesMap, unsafe } = permissions;
  return { kind: 'file', qualifiers, path, permissions: letters, execMode, impliesMap, unsafe: kept || unsafe, target };
}

function parseEverything(scanner: Scanner, qualifiers: Qualifiers, execMode: string): UnplacedFileRule {
  scanner.expect(',');
  if (qualifiers.effect === 'deny')
    scanner.fail('a rule for everything has an exec mode, which deny rules must not have');
  return {
    kind: 'file',
    qualifiers,
    path: everything,
    permissions: 'rwalkmx',
    execMode,
    impliesMap: false,
    unsafe: false,
    target: undefined,
  };
}

function startsPath(scanner: Scanner): boolean {
  const char = scanner.peek();
  return char === '/' || char === '"' || char === '@';
}

/** Takes a word that is nothing but permissions. */
function permissionsHere(scanner: Scanner): Permissions | undefined {
  const word = scanner.peekKeyword();
  if (!/^[rwalkmxpuciRWALKMXPUCI]+$/.test(word)) return undefined;
  const permissions = parsePermissions(word);
  if (typeof permissions === 'string') scanner.fail(permissions);
  if (!/[\s,]/.test(scanner.peek(word.length))) scanner.fail('expected a blank or a comma after permissions');
  scanner.position += word.length;
  scanner.skipTrivia();
  return permissions;
}

function checkExec(scanner: Scanner, qualifiers: Qualifiers, permissions: Permissions, marked: boolean): void {
  const deny = qualifiers.effect === 'deny';
  if (deny && permissions.execMode !== '') scanner.fail('a deny rule takes a bare "x"');
  const execs = permissions.letters.includes('x');
  if (!deny && execs && permissions.execMode === '') scanner.fail('"x" needs a mode, as in "px"');
  if (marked && !execs) scanner.fail('safe and unsafe are about exec');
}
