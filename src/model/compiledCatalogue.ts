import type { Rule } from './rule.ts';

/** The built-in rules and profiles as data, made when the program is built: reading YAML and compiling take seconds. */
export interface CompiledCatalogue {
  /** Of the files that it was made from (`catalogueSources` in sources/compiledCatalogue.ts); with others it does not count. */
  digest: string;
  /** Of each of those files, by its path below rules/, in bytes. */
  sizes: Readonly<Record<string, number>>;
  /** Which V8 has made the code caches beside it (sources/v8Build.ts); none where that can't be told. */
  v8Build?: string;
  /** Without their examples. */
  rules: readonly Rule[];
  /** Profiles by name, as their files have them. */
  profiles: Readonly<Record<string, object>>;
}
