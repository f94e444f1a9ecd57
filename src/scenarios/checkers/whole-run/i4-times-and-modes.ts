import { formatMode } from "../../../protocol/posix-mode.ts";
import { message, type Message } from "../../../messages/message.ts";
import type { BackupRun } from "../../observation/backup-run.ts";
import type { StandingFact } from "../../observation/restore-run.ts";
import type { RunRecord } from "../../observation/run-record.ts";
import type { StoredFolderFact } from "../../observation/service-facts.ts";
import type { Violation } from "../shared/violation.ts";
import { lastHealingRuns } from "./last-healing-runs.ts";

/**
 * I4, beside the bytes: once faults stop, files and folders have on the service the modification time and the
 * permission bits that they have on the PC, and every folder is there, empty ones too. Verifies the last healing run
 * of each source of the PC that ended completed. Does not verify entries that are left out or have names that
 * are no Unicode, nor the neighbour.
 */
export function timesAndModes(record: RunRecord): Violation[] {
  return lastHealingRuns(record).flatMap((run) =>
    differences(run).map((difference) => ({
      invariant: "I4" as const,
      message: message("checked-run.after-healing", { difference }),
    })),
  );
}

function differences(run: BackupRun): Message[] {
  const { sourceAfter, serviceAfter, job } = run;
  if (sourceAfter === undefined || job.status !== "completed") return [];
  const leftOut = leftOutPaths(run);
  return [...sourceAfter].flatMap(([path, fact]): Message[] => {
    if (path === "" || isLeftOut(path, leftOut)) return [];
    const about = { path: JSON.stringify(path) };
    if (fact.kind === "folder") {
      const stored = serviceAfter.folderFacts.get(path);
      if (stored === undefined) return [message("checked-run.missing-on-service", about)];
      return compare(path, fact, stored);
    }
    const stored = fact.kind === "file" && serviceAfter.files.get(path)?.generations[0];
    // That its bytes are there is looked at by itself.
    if (!stored || stored.sha256 !== fact.sha256) return [];
    return compare(path, fact, stored);
  });
}

function compare(path: string, fact: StandingFact, stored: StoredFolderFact): Message[] {
  const found: Message[] = [];
  const about = { path: JSON.stringify(path) };
  const mode = fact.mode === undefined ? null : formatMode(fact.mode);
  if (stored.modifiedAtNs !== String(fact.modifiedAtNs)) {
    found.push(message("checked-run.other-time-on-service", about));
  }
  if (stored.mode !== mode) found.push(message("checked-run.other-mode-on-service", about));
  return found;
}

/** What is hidden and not a target. */
function leftOutPaths({ diskBefore, includeHidden, sourcePath }: BackupRun): readonly string[] {
  if (includeHidden) return [];
  return [...diskBefore.values()].flatMap(({ hidden, path }) =>
    hidden ? [path.slice(sourcePath.length + 1)] : [],
  );
}

function isLeftOut(path: string, leftOut: readonly string[]): boolean {
  return leftOut.some((hidden) => path === hidden || path.startsWith(`${hidden}/`));
}
