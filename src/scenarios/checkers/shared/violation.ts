/** What has to hold in every scenario: the invariants by their numbers, and the status tables. */
export const INVARIANTS = {
  status: "Every file and job ends with a status and cause that the world's facts allow.",
  checker:
    "The checkers allow each target at least one outcome; where they allow none, they are wrong.",
  simulator: "The simulated world, and what runs scenarios in it, do not fail by themselves.",
  I1: "What is reported completed or without difference is on the service, byte for byte as it was at one moment of the run.",
  I2: "A job says completed exactly when every target is completed or without difference.",
  I3: "A file that no fault touched is backed up, whatever happened to the others.",
  I4: "Once faults stop, the next run ends completed and service and source agree.",
  I5: "Capacity is never exceeded by a byte, and the used figure is the sum of what is stored.",
  I6: "At most as many generations as the plan keeps, newest first, each as it was sent.",
  I7: "The agent never writes, renames or deletes in a source folder, and deletes on the service only what it put there and what is proven gone, and only when told to.",
  I8: "One mail for each automatic run that did not complete, to the confirmed addresses and to nobody else; sent, or given up after a day.",
  I9: "Every slot of an enabled schedule has exactly one row per source, each ended backup with 差分比較削除 on one delete job; none is lost, none waits for ever.",
  lead: "A task of the OS starts the tool five minutes ahead of each slot, and at no other time.",
  I10: "No password and no session token stands in a log, history, error or trace.",
  login: "A password that the service no longer takes is tried once, until somebody logs in again.",
  I11: "Nothing is written outside a job's destination folder, and in it every file is whole at every end.",
  I12: "What the agent holds at once is bounded by its tuning, not by the number of files.",
  I13: "Every job ends, within a bounded virtual time.",
  I14: "A killed process and a lost power take nothing that was acknowledged.",
  I15: "The same scenario gives the same trace, byte for byte.",
  I16: "Others who work on the same contract at the same time are not harmed.",
  I17: "A restore into an empty folder, after a complete backup, gives what the PC has: kinds, names, bytes and times; with 差分比較削除 nothing else.",
  deletes:
    "What is surely gone from the PC is gone from the service after a deletion that nothing disturbed.",
  restored:
    "What a restore reports completed stands at its destination, with the bytes and the time that were stored.",
  identity: "A restore of an unchanged backup gives back exactly what the PC has.",
  leftovers: "A restore leaves nothing behind but what it restored.",
  resume: "What was committed or acknowledged is not sent again.",
} as const;

/** One of {@link INVARIANTS}. */
export type InvariantId = keyof typeof INVARIANTS;

/** One way in which a run violated an invariant. */
export interface Violation {
  readonly invariant: InvariantId;
  /** What was expected and what was found, with the path or job it is about. */
  readonly message: string;
}

/** How a run is judged: every invariant held, one was violated, or the harness itself is at fault. */
export type RunVerdict = "good" | "law-broken" | "harness-failed";

/** Of these the agent is not to blame: what a run says that violates one means nothing. */
const OF_THE_HARNESS: ReadonlySet<InvariantId> = new Set(["checker", "simulator"]);

/** How a run with these violations is judged; one of the agent outweighs any of the harness. */
export function judgedAs(violations: readonly Violation[]): RunVerdict {
  if (violations.length === 0) return "good";
  return violations.every(({ invariant }) => OF_THE_HARNESS.has(invariant))
    ? "harness-failed"
    : "law-broken";
}
