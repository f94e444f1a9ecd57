import { isModeRefused } from "./is-mode-refused.ts";
import { isSameTime } from "./expect-rows.ts";
import { Places } from "./places.ts";
import { diskStruck } from "./target-trouble.ts";
import type { RestoreRun, StandingFact } from "../../observation/restore-run.ts";
import type { Violation } from "../shared/violation.ts";
import { message, type Message } from "../../../messages/message.ts";
import { namedJob } from "../shared/named-job.ts";

/**
 * The invariant `identity`: a restore of a whole backup that is as the PC is, into a folder where nobody
 * interferes, gives back every file with its bytes, its time and its mode, and every folder, empty ones too;
 * folders that were not there with their time and mode. Does not verify the mode where the disk refused to set it and
 * the row says so, times and modes of folders where it refused anything, restores of a part or of an old generation, nor that nothing else is there after a restore in which the disk refused something.
 */
export function restoreIdentity(run: RestoreRun): Violation[] {
  const { source } = run;
  if (source === undefined || !isWhole(run)) return [];
  const violations: Violation[] = [];
  const say = (path: string, what: Message): void => {
    const about = { job: namedJob(run.job), path: JSON.stringify(path) };
    violations.push({
      invariant: "identity",
      message: message("checked-job.at", { ...about, what }),
    });
  };
  const after = new Places(run, run.targetAfter);
  const before = new Places(run, run.targetBefore);
  for (const [path, fact] of source) {
    if (path === "" || (fact.kind !== "file" && fact.kind !== "folder")) continue;
    const wasThere = before.standingFor(path).length > 0;
    const row = run.rows.find((one) => one.path === path && one.entryKind === fact.kind);
    // Times and modes of folders come last, and the log alone says that the disk refused them (decision 0009).
    const isKindEnough = fact.kind === "folder" && (wasThere || diskStruck(run));
    const isModeDue = !wasThere && !isModeRefused(run, row);
    const isGiven = after
      .standingFor(path)
      .some(([, found]) =>
        isKindEnough ? found.kind === "folder" : isSame(fact, found, isModeDue),
      );
    if (!isGiven) say(path, message("checked-restore.not-as-it-is"));
  }
  // What the disk did not let the agent remove stays, until the next restore removes it.
  if (diskStruck(run)) return violations;
  // The service may still have what the PC has not any more.
  const known = new Places(
    run,
    [...source.keys(), ...run.serviceBefore.files.keys()].map((at) => [at, null] as const),
  );
  for (const [path, fact] of run.targetAfter) {
    if (fact.kind !== "file" || run.targetBefore.has(path)) continue;
    if (known.wantedAt(path).length === 0) {
      say(path, message("checked-restore.never-of-pc"));
    }
  }
  return violations;
}

function isWhole(run: RestoreRun): boolean {
  return (
    run.path === "" &&
    run.entryKind === "folder" &&
    run.generation === undefined &&
    run.job.status === "completed" &&
    run.rows.every(({ status }) => status === "completed") &&
    run.targetChanges.length === 0 &&
    run.storedChanges.length === 0
  );
}

/** What stood there before keeps its mode, and a folder its time, unless everything is overwritten. */
function isSame(wanted: StandingFact, found: StandingFact, isModeDue: boolean): boolean {
  if (wanted.kind !== found.kind || wanted.sha256 !== found.sha256) return false;
  const isTimeSame = isSameTime(found.modifiedAtNs, wanted.modifiedAtNs);
  return isTimeSame && (wanted.mode === found.mode || !isModeDue);
}
