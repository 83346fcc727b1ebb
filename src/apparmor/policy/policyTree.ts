import type { PolicySource } from '../policySource.ts';
import { type PolicyFile, parsePolicyFile } from '../syntax/parsePolicyFile.ts';
import type { AbiStatement, IncludeStatement } from '../syntax/statement.ts';
import { isPolicyFileName } from './isPolicyFileName.ts';

/** What a name in an include or `abi` stands for. */
export type Resolved =
  | { readonly files: readonly PolicyFile[] }
  | { readonly missing: string }
  | { readonly error: string };

/** The policy files of a host. Each is read and parsed once, however many profiles include it. */
export class PolicyTree {
  readonly base: string;
  readonly #source: PolicySource;
  readonly #files = new Map<string, PolicyFile | { readonly error: string } | undefined>();
  readonly #resolved = new Map<string, Resolved>();

  constructor(source: PolicySource, base: string) {
    this.#source = source;
    this.base = base;
  }

  /** The names in a directory, sorted; none when it doesn't exist. */
  names(directory: string): readonly string[] {
    return [...(this.#source.list(directory) ?? [])].sort();
  }

  /** Whether there is a readable file, links followed: a dangling link is none. */
  exists(path: string): boolean {
    return this.#source.read(path) !== undefined;
  }

  /** A parsed file; undefined when there is none. */
  file(path: string): PolicyFile | { readonly error: string } | undefined {
    if (this.#files.has(path)) return this.#files.get(path);
    const content = this.#source.read(path);
    const parsed =
      content === undefined
        ? undefined
        : 'text' in content
          ? parsePolicyFile(path, content.text)
          : { error: `${path} can't be read: ${content.unreadable}` };
    this.#files.set(path, parsed);
    return parsed;
  }

  /** The files that an include brings in: one, or the policy files of a directory. */
  resolve(statement: Pick<IncludeStatement, 'form' | 'path'>): Resolved {
    const key = `${statement.form}:${statement.path}`;
    let resolved = this.#resolved.get(key);
    if (resolved === undefined) {
      resolved = this.#resolve(statement);
      this.#resolved.set(key, resolved);
    }
    return resolved;
  }

  /** Why the file that an `abi` rule names can't be used; undefined when all is well. */
  abiProblem(statement: AbiStatement): string | undefined {
    const path = this.#path(statement);
    if (path === undefined) return relative(statement.path);
    return this.exists(path) ? undefined : `there is no ${path}`;
  }

  #path(statement: Pick<IncludeStatement, 'form' | 'path'>): string | undefined {
    if (statement.form === 'search') return `${this.base}/${statement.path.replace(/^\/+/, '')}`.replace(/\/+$/, '');
    return statement.path.startsWith('/') ? statement.path.replace(/(.)\/+$/, '$1') : undefined;
  }

  #resolve(statement: Pick<IncludeStatement, 'form' | 'path'>): Resolved {
    const path = this.#path(statement);
    if (path === undefined) return { error: relative(statement.path) };
    const single = this.file(path);
    if (single) return 'error' in single ? single : { files: [single] };
    const listed = this.#source.list(path);
    if (listed === undefined) return { missing: path };
    const files: PolicyFile[] = [];
    for (const name of [...listed].filter(isPolicyFileName).sort()) {
      const file = this.file(`${path}/${name}`);
      if (file === undefined) return { error: `${path}/${name} leads nowhere` };
      if ('error' in file) return file;
      files.push(file);
    }
    return { files };
  }
}

const relative = (path: string): string =>
  `which file "${path}" names depends on the working directory of apparmor_parser`;
