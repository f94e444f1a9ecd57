/**
 * What the process ends with. A script may rely on these; a code that is not here means failure.
 * `usage` is for what was typed, `couldNotRun` for everything that kept the command from doing its
 * work, `incomplete` for a backup that ran and left something undone.
 */
export const EXIT_CODES = { completed: 0, couldNotRun: 1, usage: 2, incomplete: 3 } as const;

/** One of {@link EXIT_CODES}. */
export type ExitCode = (typeof EXIT_CODES)[keyof typeof EXIT_CODES];
