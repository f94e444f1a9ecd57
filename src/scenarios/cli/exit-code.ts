/** How the commands about scenarios end. */
export const EXIT_CODES = {
  /** Every invariant held and every declared cell was reached. */
  good: 0,
  /** An invariant was violated. */
  violation: 1,
  /** The command or its file was not understood, or the harness itself failed. */
  usage: 2,
  /** A declared cell was not reached. */
  cellMissed: 3,
  /** With `--strict`: every invariant held, and a part of the scenario did nothing. */
  inert: 4,
  /** A mutant cannot be made: its patch does not apply any more, or there is no git. */
  mutantBroken: 4,
} as const;

/** How a command ends that judged one or many runs. */
export const EXIT_CODE_OF = {
  good: EXIT_CODES.good,
  "law-broken": EXIT_CODES.violation,
  "harness-failed": EXIT_CODES.usage,
  "cell-missed": EXIT_CODES.cellMissed,
} as const;
