import type { RestoreRun } from "../../observation/restore-run.ts";
import type { ConflictChoice } from "../../../protocol/job-record.ts";
import { asOnDisk } from "../shared/as-on-disk.ts";

/** What is to be done with what stands at a path: what a person said to it, or to all that follow, or the one choice. */
export function choiceAt(
  run: Pick<RestoreRun, "disk" | "asked" | "onConflict">,
  path: string,
): ConflictChoice {
  if (run.asked === undefined) return run.onConflict;
  const place = asOnDisk(run, path);
  const own = run.asked.find((question) => asOnDisk(run, question.path) === place);
  return (own ?? run.asked.find(({ forAll }) => forAll))?.choice ?? run.onConflict;
}
