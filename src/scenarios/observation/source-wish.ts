import type { AgentErrorCode } from "../../agent/agent-error.ts";

/** Somebody wants a folder of the PC to be backed up. Paths are as scenarios write them. */
export interface SourceWish {
  readonly path: string;
  /** Undefined when the tool took it. */
  readonly code: AgentErrorCode | undefined;
  /** What stood there then. */
  readonly kind: "file" | "folder" | "symbolic-link" | "other" | undefined;
  /** The sources that the tool had by then and that stand on the disk. */
  readonly sources: readonly string[];
  /** The folder that the tool keeps for itself, where it stands on the disk. */
  readonly home: string | undefined;
}
