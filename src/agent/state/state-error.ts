import { message, type Message } from "../../messages/message.ts";
import { AgentError, type AgentErrorCode } from "../agent-error.ts";

/** What the tool cannot do with its state file, by SQLite's primary result code. */
const CODES: ReadonlyMap<number, AgentErrorCode> = new Map([
  // SQL that is wrong where the tables are right is no SQL of the tool's: their description is damaged.
  [1, "state-damaged"],
  [3, "state-unreadable"],
  [5, "busy"],
  [6, "busy"],
  [8, "state-read-only"],
  [10, "state-unreadable"],
  [11, "state-damaged"],
  [13, "state-full"],
  [14, "state-unreadable"],
  // A table and its index, or the counter of IDs, do not agree.
  [19, "state-damaged"],
  [26, "state-damaged"],
]);

/** Codes of disks whose errors SQLite does not tell apart: what they lack is looked at then. */
const DISK_ERROR = 10;

/** SQLite's own code for content that the disk itself knows to be damaged. */
const DAMAGED_ON_DISK: ReadonlySet<number> = new Set([
  DISK_ERROR + 32 * 256,
  DISK_ERROR + 33 * 256,
]);

/**
 * What SQLite or Node said about the state file as the error that a command ends with; what is none of
 * the state file comes back as it is. `isDiskFull` is asked where SQLite only says that the disk failed.
 */
export function stateError(error: unknown, isDiskFull: () => boolean = () => false): unknown {
  const resultCode = resultCodeOf(error);
  if (resultCode === undefined) return error;
  const code = codeOf(resultCode, isDiskFull);
  return code === undefined ? error : new AgentError(code, reasonFor(code, resultCode), error);
}

/** What the tool says of each; SQLite's own texts are English and stay in `cause`. */
function reasonFor(code: AgentErrorCode, resultCode: number): Message {
  const how = message("state.sqlite", { code: resultCode });
  if (code === "state-full") return message("state.full");
  if (code === "busy") return message("state.held");
  if (code === "state-read-only") return message("state.read-only", { how });
  if (code === "state-damaged") return message("state.damaged", { how });
  return message("state.unreadable", { how });
}

/** A state file that holds what the tool never wrote there. */
export function damagedState(how: Message): AgentError {
  return new AgentError("state-damaged", message("state.damaged", { how }));
}

/** A column that does not hold what the schema says. */
export function damagedColumn(column: string): AgentError {
  return damagedState(message("state.column", { column }));
}

/** Rows that a walk through them in order does not find in order: it could go on for ever. */
export function outOfOrder(): AgentError {
  return damagedState(message("state.out-of-order"));
}

/** Whether a command ends with this because its state file has no room. */
export function isStateFull(error: unknown): error is AgentError {
  return error instanceof AgentError && error.code === "state-full";
}

/** Whether an error is about the state file itself: no job can go on after it. */
export function isStateFailure(error: unknown): error is AgentError {
  return error instanceof AgentError && error.code.startsWith("state-");
}

function codeOf(resultCode: number, isDiskFull: () => boolean): AgentErrorCode | undefined {
  if (DAMAGED_ON_DISK.has(resultCode)) return "state-damaged";
  const primary = resultCode & 0xff;
  if (primary === DISK_ERROR && isDiskFull()) return "state-full";
  return CODES.get(primary);
}

/** SQLite's extended result code, as node:sqlite puts it on its errors. */
function resultCodeOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !("errcode" in error)) return undefined;
  return typeof error.errcode === "number" ? error.errcode : undefined;
}
