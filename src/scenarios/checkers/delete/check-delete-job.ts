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
import { message, type Message } from "../../../messages/message.ts";
import { namedJob } from "../shared/named-job.ts";

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
    const said = { status: run.job.status, causes: shown(prevention) };
    const violation = about(run, "I7", message("checked-delete.had-not-to-run", said));
    return { violations: [violation], hits: [] };
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
  const untold = { count: held.length, detail: job.detail?.code ?? "" };
  return [about(run, "status", message("checked-delete.held-untold", untold))];
}

/** A row that says why its job did not begin: the reason is true, and nothing was done. */
function checkNotRun(
  run: CheckedJob,
  { work }: DeleteRun,
  { prevention, isRetried }: DeleteExpectation,
): CheckResult {
  const { job, rows } = run;
  const violations: Violation[] = [];
  const report = (invariant: InvariantId, what: Message): void => {
    violations.push(about(run, invariant, what));
  };
  const causes: readonly DeleteCauseId[] = [...prevention.causes];
  const named = job.causes.join(", ");
  if (causes.length === 0) {
    report("deletes", message("checked-delete.no-reason", { causes: named }));
  } else if (!causes.some((cause) => job.causes.includes(cause))) {
    const said = { causes: named, asked: shown(prevention) };
    report("status", message("checked-delete.other-reason", said));
  }
  if (rows.length > 0 || work !== undefined) {
    report("status", message("checked-delete.not-run-and-worked"));
  }
  if (job.endedAtMs !== null) report("status", message("checked-delete.not-run-and-ended"));
  const asked = prevention.isSure ? causes : [];
  const reached = reachedCells(run, { isSharp: true, isRetried }, { rules: DELETE_RULES, asked });
  return { violations, hits: violations.length === 0 ? reached : [] };
}

function about({ job, sourcePath }: CheckedJob, invariant: InvariantId, what: Message): Violation {
  const said = { job: namedJob(job), source: sourcePath, what };
  return { invariant, message: message("checked-job.of", said) };
}

function shown({ causes }: Prevention): string {
  return [...causes].join(", ");
}
