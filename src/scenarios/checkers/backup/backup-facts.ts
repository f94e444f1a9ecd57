import type { BackupCauseId } from "../../../protocol/causes/causes.ts";
import { EXCHANGE_FAILURE_CAUSES } from "../../../protocol/causes/exchange-failure.ts";
import type { BackupRun } from "../../observation/backup-run.ts";
import { communicationOf, type Communication } from "../shared/communication.ts";
import { diskTroubleOf, type DiskTrouble } from "./disk-trouble.ts";
import { isStrangeRefusal } from "../shared/storage-trouble.ts";
import type { AgentKnowledge } from "../shared/agent-knowledge.ts";
import type { RetryPolicy } from "../shared/retry-policy.ts";

/** A run, with what follows from its faults. */
export interface BackupFacts {
  readonly run: BackupRun;
  readonly retryPolicy: RetryPolicy;
  readonly communication: Communication<BackupCauseId>;
  readonly disk: DiskTrouble;
  /** Whether the service itself refused what no honest one refuses (B-UX-10); that is never tried again. */
  readonly strangeRefusals: boolean;
  /** What the agent knew when the job began. */
  readonly known: AgentKnowledge;
  /** Whether the memory gauge was over the budget when it was asked. */
  readonly memoryCause: "B-OM-1" | "B-OM-2" | undefined;
}

/** Gathers what follows from a run's faults. */
export function backupFacts(
  run: BackupRun,
  retryPolicy: RetryPolicy,
  known: AgentKnowledge,
): BackupFacts {
  const { memory } = run.faults;
  const memoryStruck = run.fired.some((fired) => fired.layer === "memory" && fired.hitCount > 0);
  return {
    run,
    retryPolicy,
    communication: communicationOf(run, retryPolicy, EXCHANGE_FAILURE_CAUSES.backup),
    disk: diskTroubleOf(run),
    strangeRefusals: strangeRefusalsOf(run),
    known,
    memoryCause: !memoryStruck ? undefined : memory?.activity === "scan" ? "B-OM-1" : "B-OM-2",
  };
}

function strangeRefusalsOf(run: BackupRun): boolean {
  return (run.faults.storage ?? []).some(
    (fault, index) =>
      isStrangeRefusal(fault) &&
      run.fired.some(
        (fired) => fired.layer === "storage" && fired.index === index && fired.hitCount > 0,
      ),
  );
}
