/** Thrown inside the parser where apparmor_parser would stop too; never leaves `parsePolicyFile`. */
export class PolicySyntaxError extends Error {
  readonly line: number;
  readonly text: string;

  constructor(message: string, line: number, text: string) {
    super(message);
    this.line = line;
    this.text = text;
  }
}
