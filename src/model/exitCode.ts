/** What the exit status says; the same for every format. */
export const exitCode = {
  /** Complete, nothing at or above the threshold. */
  ok: 0,
  /** Complete, findings at or above the threshold. */
  findings: 1,
  /** Usage, configuration or a rule file is wrong. */
  input: 2,
  /** Something could not be read or judged; wins over `findings`. */
  incomplete: 3,
  /** A bug (EX_SOFTWARE of sysexits.h). */
  bug: 70,
} as const;
