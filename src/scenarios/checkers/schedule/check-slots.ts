import type { CauseId } from "../../../protocol/causes/causes.ts";
import type { JobRecord } from "../../../protocol/job-record.ts";
import type { Hit } from "../../coverage/ledger.ts";
import type { Phase } from "../../coverage/phase.ts";
import type { CheckResult } from "../shared/check-result.ts";
import type { Violation } from "../shared/violation.ts";
import { historyInOrder, oneRowPerSlot } from "./i9-one-row-per-slot.ts";
import { expectSlots } from "./expect-slots.ts";
import { startedToolsHold } from "./started-tools-hold.ts";
import { leftBeforeSlot } from "./left-before-slot.ts";
import { isOneLeftOut, type MissedCauses } from "./missed-causes.ts";
import { slotReasons } from "./slot-reasons.ts";
import { wrongLoginReason } from "./login-reason.ts";
import { stretchesOf } from "./pc-timeline.ts";
import { slotPass, type SlotPass } from "./slot-pass.ts";
import { slotRows, type SlotRow } from "./slot-rows.ts";
import { noTaskOnServer2012, taskLead } from "./task-lead.ts";
import type { PcRecord } from "../../observation/pc-record.ts";
import type { BackupRun } from "../../observation/backup-run.ts";
import type { RunRecord } from "../../observation/run-record.ts";
import type { StopKind } from "../../observation/stop-fact.ts";
import { message, type Message } from "../../../messages/message.ts";

/** A slot that nothing holds up begins within so long of its being noticed. */
const SLOT_BEGINS_WITHIN_MS = 60_000;

/** What checking the slots yields, and what is known of them then. */
export interface CheckedSlots extends CheckResult {
  /** Each source at each slot with the row it got; empty where nobody can say which slots there were. */
  readonly rows: readonly SlotRow[];
  /** Whether no clock that was set back brought a day twice. */
  readonly isWhole: boolean;
}

/**
 * I9 and `lead`: verifies that every source has one row at every slot, that it ran when it had to and
 * for what true cause it did not, that the lists are in order, and when the task of the OS starts the
 * tool. Does not verify slots whose days a clock set back made doubtful, nor what a run that began did:
 * the backups and the delete jobs are checked as such.
 */
export function checkSlots(record: RunRecord): CheckedSlots {
  const { pc, scenario } = record;
  if (pc === undefined || scenario.pc === undefined)
    return { violations: [], hits: [], rows: [], isWhole: false };
  const violations: Violation[] = [
    ...historyInOrder(pc),
    ...taskLead(pc),
    ...startedToolsHold(pc),
    ...noTaskOnServer2012(pc, scenario.pc.kind),
  ];
  const { slots, isConfused } = expectSlots(scenario.pc, pc);
  if (isConfused) return { violations, hits: [], rows: [], isWhole: false };
  const found = slotRows(slots, pc);
  violations.push(...oneRowPerSlot(found, pc), ...leftBeforeSlot(slots, pc));
  const hits: Hit[] = [];
  const isWhole = hasEachDayOnce(found.rows);
  const stretches = stretchesOf(pc);
  for (const slotRow of found.rows) {
    if (slotRow.row === undefined) continue;
    const { problem, hits: reached = [] } = checkRow(slotRow, slotRow.row, record);
    const { path, slot } = slotRow;
    const at = (what: Message): Message =>
      message("checked-slot.at", { source: path, day: slot.day, slotMs: slot.slotMs, what });
    if (slotRow.row.status === "not-run") violations.push(...slotReasons(slotRow.row, at));
    const untrue =
      slotRow.outcome.kind === "not-run" && wrongLoginReason(slotRow.row, slot, stretches);
    if (untrue) violations.push({ invariant: "reason", message: at(untrue) });
    if (problem !== undefined) {
      violations.push({ invariant: "I9", message: at(problem) });
    } else hits.push(...reached, ...(isWhole ? passHits(slotRow, pc) : []));
  }
  hits.push(...deletionHits(record));
  return { violations, hits, rows: found.rows, isWhole };
}

/** Whether no clock that was set back brought a day twice. */
function hasEachDayOnce(rows: readonly SlotRow[]): boolean {
  const slots = new Set(rows.map(({ slot }) => slot));
  return new Set([...slots].map(({ day }) => day)).size === slots.size;
}

/** A slot that ran once although its time did not come once. */
function passHits({ slot, outcome }: SlotRow, pc: PcRecord): readonly Hit[] {
  const pass = outcome.kind === "run" ? slotPass(slot, pc) : undefined;
  return pass === undefined ? [] : [{ cause: PASSES[pass], phase: "first-try" }];
}

const PASSES = {
  skipped: "SLOT-SKIPPED",
  repeated: "SLOT-REPEATED",
  "set-back": "SLOT-SET-BACK",
} as const satisfies Record<SlotPass, Hit["cause"]>;

/** Deletions of slots whose turn did not come; that they are right is checked with the deletions. */
function deletionHits({ deletions }: RunRecord): readonly Hit[] {
  return deletions
    .filter(
      ({ job, stop }) =>
        job.slotDay !== null && stop !== undefined && job.causes.includes("DEL-NR-2"),
    )
    .map(() => ({ cause: "SLOT-DEL-NR-2", phase: "first-try" }));
}

interface CheckedRow {
  readonly problem?: Message | undefined;
  readonly hits?: readonly Hit[];
}

function checkRow(slotRow: SlotRow, row: JobRecord, record: RunRecord): CheckedRow {
  const { outcome } = slotRow;
  const run = record.backups.find(({ device, job }) => device === "pc" && job.id === row.id);
  if (outcome.kind === "any") return {};
  if (outcome.kind === "run") {
    return run === undefined
      ? checkLeftOver(slotRow, row, record)
      : {
          problem: lateness(slotRow, run, record),
          hits: [{ cause: "SLOT-RUN", phase: phaseOf(run) }],
        };
  }
  if (run !== undefined || row.status !== "not-run") {
    const said = { status: row.status, causes: [...outcome.truth] };
    return { problem: message("checked-slot.must-not-run", said) };
  }
  return checkMissed(slotRow, row, outcome);
}

/** A row of what did not run starts at its slot, has no end, and moved nothing (D3). */
function notRunProblem({ slot }: SlotRow, row: JobRecord): Message | undefined {
  if (row.startedAtMs !== slot.slotMs) {
    return message("checked-slot.starts-at", { atMs: row.startedAtMs });
  }
  if (row.endedAtMs !== null) return message("checked-slot.not-run-and-ended");
  const moved = row.transferredFileCount + row.transferredBytes + row.targetCount;
  return moved === 0 ? undefined : message("checked-slot.not-run-and-worked");
}

function checkMissed(slotRow: SlotRow, row: JobRecord, missed: MissedCauses): CheckedRow {
  const { truth, may }: Record<"truth" | "may", ReadonlySet<CauseId>> = missed;
  const { causes } = row;
  const isTrue = causes.some((cause) => truth.has(cause));
  const surplus = causes.filter((cause) => !may.has(cause));
  if (!isTrue || surplus.length > 0 || isOneLeftOut(missed, causes)) {
    const said = { causes: causes.join(", "), truth: [...truth], may: [...may] };
    return { problem: message("checked-slot.other-causes", said) };
  }
  const problem = notRunProblem(slotRow, row);
  const [only] = truth;
  const isSharp = problem === undefined && truth.size === 1 && only !== undefined;
  const phase = slotRow.slot.isAfterCrash ? "after-restart" : "first-try";
  return { problem, hits: isSharp ? [{ cause: only, phase }] : [] };
}

/** The run of its slot ended before its turn came. */
function checkLeftOver(slotRow: SlotRow, row: JobRecord, record: RunRecord): CheckedRow {
  const stop = [...record.backups, ...record.deletions]
    .filter(({ device, job }) => device === "pc" && job.slotDay === row.slotDay && job.id < row.id)
    .map((run) => run.stop ?? run.stopBehind)
    .find((ended) => ended !== undefined);
  const found = `${row.status} [${row.causes.join(", ")}]`;
  if (stop === undefined) {
    return {
      problem: message("checked-slot.had-to-run", {
        found: `${found} (${row.detail?.code ?? ""})`,
      }),
    };
  }
  // What an interruption or a logout had not come to yet when the process ended, the next one ends.
  const ends = [stop.kind, ...(stop.earlier === undefined ? [] : [stop.earlier.kind])];
  const end = ends.find((kind) => {
    const [status, cause] = LEFT_OVER[kind];
    return row.status === status && row.causes.includes(cause);
  });
  if (end === undefined) {
    return { problem: message("checked-slot.wrong-after-stop", { found, stop: stop.kind }) };
  }
  const [status, cause] = LEFT_OVER[end];
  if (status === "interrupted") return {};
  if (cause === "B-NR-2" && !ends.some((kind) => LOGIN_REASONS[kind] === row.detail?.code)) {
    return { problem: message("checked-slot.wrong-after-stop", { found, stop: stop.kind }) };
  }
  const problem = notRunProblem(slotRow, row);
  const isCut = end === "kill" || end === "power-loss";
  if (!isCut) return { problem, hits: [{ cause, phase: "first-try" }] };
  const phase = "after-restart";
  return {
    problem,
    hits: [
      { cause, phase },
      { cause: "SLOT-LEFT-OVER", phase },
    ],
  };
}

function phaseOf({ afterRestart }: BackupRun): Phase {
  return afterRestart ? "after-restart" : "first-try";
}

const LEFT_OVER = {
  interrupt: ["interrupted", "B-INT-1"],
  logout: ["not-run", "B-NR-2"],
  "login-lost": ["not-run", "B-NR-2"],
  "close-tool": ["not-run", "B-NR-1"],
  kill: ["not-run", "B-NR-1"],
  "power-loss": ["not-run", "B-NR-1"],
  "fill-state-disk": ["not-run", "B-NR-1"],
} as const satisfies Record<StopKind, readonly [JobRecord["status"], CauseId]>;

/** What is told of a login that ended before a source's turn. */
const LOGIN_REASONS: Readonly<Partial<Record<StopKind, string>>> = {
  logout: "run.logged-out-before",
  "login-lost": "run.login-lost",
};

/** Why a run is later than it may be: nothing else ran in between. */
function lateness({ slot }: SlotRow, run: BackupRun, record: RunRecord): Message | undefined {
  if (run.job.trigger !== "schedule") {
    return message("checked-slot.other-trigger", { trigger: run.job.trigger });
  }
  const lateMs = run.startedMs - slot.noticedMs;
  const isHeldUp = record.backups.some(
    (other) =>
      other !== run &&
      other.device === "pc" &&
      Math.abs(other.endedMs - run.startedMs) <= SLOT_BEGINS_WITHIN_MS,
  );
  return lateMs > SLOT_BEGINS_WITHIN_MS && !isHeldUp
    ? message("checked-slot.late", { lateMs })
    : undefined;
}
