import type { DeleteRun } from "../../observation/delete-run.ts";
import type { BackupRun } from "../../observation/backup-run.ts";
import type { RestoreRun } from "../../observation/restore-run.ts";
import type { RunRecord } from "../../observation/run-record.ts";
import { SCENARIO_VERSION, type Scenario } from "../../scenario/scenario.ts";
import { runScenario } from "../../simulation/run-scenario.ts";
import { checkRun } from "../check-run.ts";

/** The record of what the agent truly does in a scenario; what is not given is as on a PC in Tokyo. */
export function honestRun(
  scenario: Pick<Scenario, "tree" | "timeline"> & Partial<Scenario>,
): Promise<RunRecord> {
  return runScenario({
    version: SCENARIO_VERSION,
    seed: 1,
    start: "2026-11-21T00:00:00Z",
    zone: "Asia/Tokyo",
    edition: "office-anshin",
    plan: "standard",
    disk: "linux",
    sources: ["/data"],
    ...scenario,
  });
}

/** The record with its last backup before the healing told otherwise; the delete job behind it follows that one. */
export function withBackup(
  record: RunRecord,
  change: (run: BackupRun) => Partial<BackupRun>,
): RunRecord {
  const told = record.backups.findLast(({ phase }) => phase === "safety");
  if (told === undefined) throw new Error("there is no backup");
  const backup = { ...told, ...change(told) };
  return {
    ...record,
    backups: record.backups.map((run) => (run === told ? backup : run)),
    deletions: record.deletions.map((run) => (run.backup === told ? { ...run, backup } : run)),
  };
}

/** The record with its restores told otherwise. */
export function withRestores(
  record: RunRecord,
  change: (run: RestoreRun) => Partial<RestoreRun>,
): RunRecord {
  return { ...record, restores: record.restores.map((run) => ({ ...run, ...change(run) })) };
}

/** The record with its last delete job before the healing told otherwise. */
export function withDeletion(
  record: RunRecord,
  change: (run: DeleteRun) => Partial<DeleteRun>,
): RunRecord {
  const last = record.deletions.findLastIndex(({ phase }) => phase === "safety");
  return {
    ...record,
    deletions: record.deletions.map((run, at) => (at === last ? { ...run, ...change(run) } : run)),
  };
}

/** The invariants that a record violates. */
export function violatedBy(record: RunRecord): ReadonlySet<string> {
  return new Set(checkRun(record).violations.map(({ invariant }) => invariant));
}
