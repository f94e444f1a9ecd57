/** Why a part of a scenario did nothing. */
export type InertReason =
  /** A fault whose moment never came, or came less often than its `nth` says. */
  | { readonly code: "never-struck"; readonly matchCount: number | undefined }
  /** A disturbance whose moment never came. */
  | { readonly code: "never-came" }
  /** As things stood, it could not be done, or was so already. */
  | { readonly code: "changed-nothing" }
  /** The agent refused it, with this code. */
  | { readonly code: "refused"; readonly errorCode: string }
  /** It needs a `pc`, and the scenario has none. */
  | { readonly code: "needs-pc" }
  /** Nobody was signed in at a PC that is on. */
  | { readonly code: "nobody-there" }
  /** An entry of the tree with no place on this disk: its name is taken, or what is above it is no folder. */
  | { readonly code: "not-planted" }
  /** No slot of the schedule came in the whole timeline. */
  | { readonly code: "no-slot" }
  /** A source by its number that the scenario, or the tool, does not have. */
  | { readonly code: "no-such-source" };

/** A part of a scenario that did nothing when it was lived through. */
export interface InertPart {
  /** Keys and indexes from the top of the scenario. */
  readonly path: readonly PropertyKey[];
  readonly reason: InertReason;
}
