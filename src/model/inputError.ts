/**
 * Something the user gave is wrong: an option, a rule file, a configuration. Each line of the message says what is
 * wrong, where, and what to do. It is printed without a stack and ends the program with exit code 2.
 */
export class InputError extends Error {
  override readonly name = 'InputError';
}
