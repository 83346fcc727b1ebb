import type { Problem } from '../problem.ts';
import { parseStatements } from './parseStatements.ts';
import { PolicySyntaxError } from './policySyntaxError.ts';
import { Scanner } from './scanner.ts';
import type { Statement } from './statement.ts';

/** A policy file or an included file, parsed on its own; includes are statements, not followed. */
export interface PolicyFile {
  readonly file: string;
  readonly statements: readonly Statement[];
  /** Where the text stops being policy; what stands before it is in `statements`. */
  readonly problem: Problem | undefined;
}

/** Parses policy text (byte string) after apparmor.d(5). Never throws: an error ends the parse and becomes the problem. */
export function parsePolicyFile(file: string, text: string): PolicyFile {
  const statements: Statement[] = [];
  const scanner = new Scanner(text);
  try {
    parseStatements(scanner, statements, 0);
    return { file, statements, problem: undefined };
  } catch (error) {
    if (!(error instanceof PolicySyntaxError)) throw error;
    return {
      file,
      statements,
      problem: { file, line: error.line, text: error.text, message: error.message, scope: 'file' },
    };
  }
}
