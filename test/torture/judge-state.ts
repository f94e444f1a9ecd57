import type { OutputLine } from "../e2e/support/agent-home.ts";
import type { AgentState, StateRow } from "./agent-state.ts";
import type { Operation } from "./operation.ts";

/** What is known of a command that was killed, or that came to its end before it was. */
export interface KilledCommand {
  readonly operation: Operation;
  /** What it printed, whole lines only. */
  readonly lines: readonly OutputLine[];
  readonly before: AgentState;
  /** The database as the process left it. */
  readonly after: AgentState;
}

/** Types of the lines with which commands that change settings say that it is done. */
const DONE_LINES: readonly string[] = ["settings", "mail", "source", "schedule"];

/** The parts of the state that a person sets. */
const SET_PARTS = ["settings", "mail", "schedule", "sources"] as const;

const CUT_OFF_CAUSES: Readonly<Record<string, string>> = {
  backup: "B-UX-7,B-UX-8",
  restore: "R-UX-2,R-UX-3",
  delete: "DEL-UX-1,DEL-UX-2",
};

/** What of the promises to a person does not hold in the database of a killed process (I14). */
export function judgeKilledState(command: KilledCommand): string[] {
  return [
    ...command.after.damage,
    ...judgeSettings(command),
    ...judgeHistory(command),
    ...judgePrintedJobs(command),
    ...judgePrintedFiles(command),
  ];
}

/** What the next command that opens the tool did not put right. */
export function judgeClosedState(left: AgentState, now: AgentState): string[] {
  const breaches = [...now.damage];
  for (const [id, was] of left.jobs) {
    const is = now.jobs.get(id);
    const say = (message: string): void => void breaches.push(`job ${id} ${message}`);
    if (is === undefined) say("is gone after the next command");
    else if (was["status"] === "running") {
      const end = [is["status"], is["causes"], is["ended_at_ms"]];
      const wanted = ["unexpected", CUT_OFF_CAUSES[String(was["kind"])], null];
      if (!isSame(end, wanted)) say(`was cut off and is ${JSON.stringify(end)}`);
      for (const { path, status } of now.files.get(id)?.values() ?? []) {
        if (status === "pending") say(`still has ${path} pending`);
      }
    } else if (was["status"] === "waiting") {
      const end = [is["status"], is["causes"], is["ended_at_ms"]];
      if (!isSame(end, ["not-run", "DEL-NR-2", null])) {
        say(`waited and is ${JSON.stringify(end)}`);
      }
    } else if (!isSame(was, is)) {
      say("had ended and changed with the next command");
    }
  }
  return breaches;
}

function judgeSettings({ operation, lines, before, after }: KilledCommand): string[] {
  const isDone = lines.some(({ type }) => DONE_LINES.includes(type));
  return SET_PARTS.flatMap((part) => {
    const wanted = operation.leadsTo[part];
    const allowed =
      wanted === undefined ? [before[part]] : isDone ? [wanted] : [before[part], wanted];
    if (allowed.some((one) => isSame(one, after[part]))) return [];
    return [
      `${part} are ${JSON.stringify(after[part])}, not ${allowed.map((one) => JSON.stringify(one)).join(" or ")}`,
    ];
  });
}

/** What was in the history stays there, and what had ended stays as it was. */
function judgeHistory({ before, after }: KilledCommand): string[] {
  return [...before.jobs].flatMap(([id, was]) => {
    const is = after.jobs.get(id);
    if (is === undefined) return [`job ${id} is gone from the history`];
    const isFree = was["status"] === "running" || was["status"] === "waiting";
    // The source of an old job may be taken off the list meanwhile.
    const bare = (row: StateRow): StateRow => ({ ...row, source_id: null });
    if (!isFree && !isSame(bare(was), bare(is))) return [`job ${id} had ended and changed`];
    if (!isFree && !isSame([...(before.files.get(id) ?? [])], [...(after.files.get(id) ?? [])])) {
      return [`job ${id} had ended and its details changed`];
    }
    return [];
  });
}

function judgePrintedJobs({ lines, after }: KilledCommand): string[] {
  return lines.flatMap((line) => {
    if (!line.type.startsWith("job-")) return [];
    const id = Number(line["jobId"]);
    const row = after.jobs.get(id);
    if (row === undefined) return [`job ${id} was printed and is not in the history`];
    if (line.type !== "job-ended") return [];
    const printed = [
      line["status"],
      typeof line["endedAt"] === "string" ? Date.parse(line["endedAt"]) : null,
      line["targetCount"],
      line["transferredFileCount"],
      line["transferredBytes"],
    ];
    const kept = [
      row["status"],
      row["ended_at_ms"],
      row["target_count"],
      row["transferred_file_count"],
      row["transferred_bytes"],
    ];
    if (isSame(printed, kept)) return [];
    return [`job ${id} was printed as ${JSON.stringify(printed)}, kept is ${JSON.stringify(kept)}`];
  });
}

/** A file that was said to be done has its row, and a backup's its entry in the index. */
function judgePrintedFiles({ lines, after }: KilledCommand): string[] {
  return lines.flatMap((line) => {
    if (line.type !== "file") return [];
    const [id, path] = [Number(line["jobId"]), String(line["path"])];
    const row = after.files.get(id)?.get(Number(line["position"]));
    if (row?.path !== path || row.status !== line["status"]) {
      return [
        `${path} was printed as ${String(line["status"])}, its row says ${row?.status ?? "nothing"}`,
      ];
    }
    const job = after.jobs.get(id);
    if (line["status"] !== "completed" || job?.["kind"] !== "backup") return [];
    const key = line["entryKind"] === "folder" ? `${path}/` : path;
    const keys = after.index.get(String(job["source_path"]));
    if (path === "" || keys === undefined || keys.has(key)) return [];
    return [`${path} was printed as completed and is not in the index`];
  });
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
