/** Why a pattern can't be compiled. */
export class GlobError extends Error {
  /** apparmor_parser accepts the pattern, but this evaluator doesn't know what it makes of it. */
  readonly unsupported: boolean;

  constructor(message: string, unsupported = false) {
    super(message);
    this.unsupported = unsupported;
  }
}
