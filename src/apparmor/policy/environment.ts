/** What the preamble of a policy file defines for the profiles of the file. */
export interface Environment {
  /** Values by name, as written; they may refer to each other. */
  readonly variables: ReadonlyMap<string, readonly string[]>;
  readonly booleans: ReadonlyMap<string, boolean>;
  readonly aliases: readonly { readonly from: string; readonly to: string }[];
}

/** Two environments with the same key expand every pattern alike. */
export function environmentKey(environment: Environment): string {
  return JSON.stringify([[...environment.variables], [...environment.booleans], environment.aliases]);
}
