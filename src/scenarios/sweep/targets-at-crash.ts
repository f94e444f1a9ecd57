import { spoiltFiles } from "../checkers/restore/i11-whole-files.ts";
import type { Violation } from "../checkers/shared/violation.ts";
import type { CrashFact } from "../observation/crash-fact.ts";
import type { RestoreRun, Standing } from "../observation/restore-run.ts";
import type { RunRecord } from "../observation/run-record.ts";
import { message, type Message } from "../../messages/message.ts";

/**
 * I11 at the crash, whatever ran: in every folder that a restore went to, each file is whole, old or new,
 * none that stood there is gone, and what a restore had reported completed is as it left it. Not checked
 * where a step of the scenario changed the folder between the restore and the crash.
 */
export function wholeTargetsAtCrash(
  { restores, scenario }: RunRecord,
  crash: CrashFact,
  crashStep: number,
): Violation[] {
  return [...crash.targets].flatMap(([to, standing]) => {
    const run = restores.findLast(
      (one) => one.to === to && one.startedMs <= crash.elapsedMs && one.step <= crashStep,
    );
    if (run === undefined) return [];
    const between = scenario.timeline.slice(run.step + 1, crashStep + 1);
    const isTouched = between.some((step) => "path" in step && step.path.startsWith(to));
    return isTouched ? [] : violationsIn(run, standing, crash);
  });
}

function violationsIn(run: RestoreRun, standing: Standing, crash: CrashFact): Violation[] {
  const violations: Violation[] = [];
  const say = (path: string, what: Message): void => {
    const said = { path: JSON.stringify(path), to: run.to, what };
    violations.push({ invariant: "I11", message: message("checked-crash.target", said) });
  };
  for (const path of spoiltFiles(run, standing)) {
    say(path, message("checked-crash.neither"));
  }
  // Windows syncs no folders: a name may be as before once the power is lost.
  if (run.disk === "windows" && crash.kind === "power-loss") return violations;
  const changed = new Set(run.targetChanges.map(({ path }) => path));
  for (const [path, { kind }] of run.targetBefore) {
    if (kind === "file" && !changed.has(path) && !standing.has(path)) {
      say(path, message("checked-crash.gone"));
    }
  }
  if (run.stop !== undefined || run.endedMs > crash.elapsedMs) return violations;
  for (const { path, status, entryKind } of run.rows) {
    if (entryKind !== "file" || status !== "completed") continue;
    const after = run.targetAfter.get(path);
    if (after?.kind === "file" && standing.get(path)?.sha256 !== after.sha256) {
      say(path, message("checked-crash.not-as-restored"));
    }
  }
  return violations;
}
