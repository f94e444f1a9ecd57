import { message, type MessageCode } from "../../../messages/message.ts";
import type { ConflictQuestion, RestoreRun } from "../../observation/restore-run.ts";
import { asOnDisk } from "../shared/as-on-disk.ts";
import { namedJob } from "../shared/named-job.ts";
import type { Violation } from "../shared/violation.ts";
import { isSameTime } from "./expect-rows.ts";
import { restoredEntries, type RestoredEntry } from "./restored-entries.ts";
import { standsAt } from "./target-names.ts";
import { twinsOf } from "./twins-of.ts";

type Fault = Extract<MessageCode, `checked-restore.asked-${string}` | "checked-restore.not-asked">;

/**
 * The invariant `asked` (F42): a person who wants to be asked is asked about each file in whose place another one stands,
 * once, is told what stands there and what would come, and is asked nothing more behind an answer that is for all.
 * What comes of the answers is judged with the rows. Does not verify places that somebody touched meanwhile, entries
 * that want one place, nor what is told of anything but files.
 */
export function asksAboutConflicts(run: RestoreRun): Violation[] {
  const { asked } = run;
  if (asked === undefined || run.targetChanges.length > 0) return [];
  const entries = restoredEntries(run);
  const twins = twinsOf({ run, entries });
  const judged = new Map(
    entries.flatMap((entry) =>
      entry.entryKind === "file" && entry.isSteady && !twins.has(entry.path)
        ? [[asOnDisk(run, entry.path), entry] as const]
        : [],
    ),
  );
  const found: [path: string, what: Fault][] = [];
  const forAll = asked.findIndex((question) => question.forAll);
  for (const [index, question] of asked.entries()) {
    const place = asOnDisk(run, question.path);
    const entry = judged.get(place);
    if (forAll !== -1 && index > forAll)
      found.push([question.path, "checked-restore.asked-all-the-same"]);
    if (entry === undefined) continue;
    const isAgain = asked.slice(0, index).some(({ path }) => asOnDisk(run, path) === place);
    if (isAgain) found.push([question.path, "checked-restore.asked-again"]);
    if (!isTrue(run, question, entry)) found.push([question.path, "checked-restore.asked-wrongly"]);
  }
  for (const [place, { path }] of judged) {
    const isAsked = asked.some((question) => asOnDisk(run, question.path) === place);
    if (!isAsked && forAll === -1 && isDecided(run, path)) {
      found.push([path, "checked-restore.not-asked"]);
    }
  }
  return found.map(([path, what]): Violation => {
    const said = { job: namedJob(run.job), path: JSON.stringify(path), what: message(what) };
    return { invariant: "asked", message: message("checked-job.at", said) };
  });
}

/** Whether the person was told what truly stands there, and what would be put there. */
function isTrue(
  run: RestoreRun,
  question: ConflictQuestion,
  { generations }: RestoredEntry,
): boolean {
  const there = standsAt(run, run.targetBefore, question.path);
  if (there === undefined) return false;
  const { existing, restored } = question;
  const isThere =
    there.kind !== "file" ||
    (existing.sizeBytes === there.sizeBytes && existing.modifiedAtNs === there.modifiedAtNs);
  const isStored = generations.some(
    ({ sizeBytes, modifiedAtNs }) =>
      sizeBytes === restored.sizeBytes && isSameTime(restored.modifiedAtNs, BigInt(modifiedAtNs)),
  );
  return isThere && isStored;
}

/** Whether a row says that something was decided about what stands there, as only a person could. */
function isDecided(run: RestoreRun, path: string): boolean {
  const row = run.rows.find((one) => one.path === path && one.entryKind === "file");
  if (row === undefined || standsAt(run, run.targetBefore, path) === undefined) return false;
  if (row.status === "excluded") return true;
  const before = standsAt(run, run.targetBefore, path);
  const after = standsAt(run, run.targetAfter, path);
  return row.status === "completed" && before?.sha256 !== after?.sha256;
}
