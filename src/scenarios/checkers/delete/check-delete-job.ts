import type { DeleteCauseId } from "../../../protocol/causes/causes.ts";
import type { DeleteRun } from "../../observation/delete-run.ts";
import { checkJob, reachedCells } from "../shared/check-job.ts";
import type { CheckedJob } from "../shared/checked-job.ts";
import type { CheckResult } from "../shared/check-result.ts";
import { DELETE_RULES } from "../shared/job-rules.ts";
import type { InvariantId, Violation } from "../shared/violation.ts";
import type { DeleteFacts } from "./delete-facts.ts";
import { deletionsHappen } from "./deletions-happen.ts";
import { expectDeleteJob, type DeleteExpectation } from "./expect-delete-job.ts";
import { reportedIsGone } from "./i1-reported-is-gone.ts";
import { sizesAreKnown } from "./i2-sizes-are-known.ts";
import type { Prevention } from "./prevention.ts";

/**
 * Checks one delete job by decision 0010: whether it may work at all; when it does, its rows, status,
 * causes, times and counts by the status tables (see `checkJob`), that what it reports is gone (I1), and
 * that what is surely gone from the PC goes. Does not check whether it was right to ask for each
 * deletion (I7), nor what is left after healing (I4): these have files of their own.
 */
export function checkDeleteJob(facts: DeleteFacts): CheckResult {
  const { deletion } = facts;
  const expectation = expectDeleteJob(facts);
  const { prevention } = expectation;
  const run: CheckedJob = {
    ...deletion,
    afterRestart: deletion.backup?.afterRestart === true,
  };
  if (run.job.status === "not-run") return checkNotRun(run, deletion, expectation);
  if (prevention.isSure) {
    const message = `is ${run.job.status}, but it had to be 未実行 [${shown(prevention)}]`;
    return { violations: [about(run, "I7", message)], hits: [] };
  }
  const { violations, hits } = checkJob(run, expectation, DELETE_RULES);
  const more = [
    ...reportedIsGone(deletion),
    ...sizesAreKnown(deletion, expectation),
    ...deletionsHappen(deletion, expectation),
    ...namesWhatIsHeld(run),
  ];
  return { violations: [...violations, ...more], hits };
}

/** A job that held something until a person confirms names that and the folder it is about (D15). */
function namesWhatIsHeld(run: CheckedJob): Violation[] {
  const { job, rows } = run;
  const held = rows.filter(
    ({ status, causes }) => status === "excluded" && causes.includes("DEL-NR-3"),
  );
  if (held.length === 0 || job.endedAtMs === null) return [];
  const source = run.sourcePath.slice(run.sourcePath.lastIndexOf("/") + 1);
  const names = held.flatMap(({ path, entryKind }) =>
    [...(path.includes("/") ? [] : [source]), ...path.split("/")].slice(
      0,
      entryKind === "file" ? -1 : undefined,
    ),
  );
  const said = JSON.stringify(job.detail?.params ?? {});
  const isNamed = names.some((name) => said.includes(JSON.stringify(name).slice(1, -1)));
  if (job.causes.includes("DEL-NR-3") && isNamed) return [];
  return [
    about(run, "status", `held ${held.length} and does not say so: ${job.detail?.code ?? ""}`),
  ];
}

/** A row that says why its job did not begin: the reason is true, and nothing was done. */
function checkNotRun(
  run: CheckedJob,
  { work }: DeleteRun,
  { prevention, isRetried }: DeleteExpectation,
): CheckResult {
  const { job, rows } = run;
  const violations: Violation[] = [];
  const report = (invariant: InvariantId, message: string): void => {
    violations.push(about(run, invariant, message));
  };
  const causes: readonly DeleteCauseId[] = [...prevention.causes];
  const named = job.causes.join(", ");
  if (causes.length === 0) report("deletes", `is 未実行 [${named}] without a reason`);
  else if (!causes.some((cause) => job.causes.includes(cause))) {
    report("status", `is 未実行 for [${named}], true is [${shown(prevention)}]`);
  }
  if (rows.length > 0 || work !== undefined) report("status", "did not run and has done something");
  if (job.endedAtMs !== null) report("status", "did not run and has an end time");
  const asked = prevention.isSure ? causes : [];
  const reached = reachedCells(run, { isSharp: true, isRetried }, { rules: DELETE_RULES, asked });
  return { violations, hits: violations.length === 0 ? reached : [] };
}

function about(
  { job, sourcePath }: CheckedJob,
  invariant: InvariantId,
  message: string,
): Violation {
  return { invariant, message: `${DELETE_RULES.noun} ${job.id} of ${sourcePath}: ${message}` };
}

function shown({ causes }: Prevention): string {
  return [...causes].join(", ");
}
