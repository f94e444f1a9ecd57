import type { BackupCauseId } from "../../../protocol/causes/causes.ts";
import type { BackupRun } from "../../observation/backup-run.ts";
import {
  communicationOf,
  falseListingTroubles,
  type Communication,
} from "../shared/communication.ts";
import { diskTroubleOf, type DiskTrouble } from "./disk-trouble.ts";
import { FAILED_EXCHANGE_CAUSES } from "../shared/failed-exchange-causes.ts";
import { isDestinationTouched } from "../shared/touched.ts";
import { memoryNeedOf, type MemoryLimits, type MemoryNeed } from "./memory-need.ts";
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
  /** Whether it had to run out of memory, or may have. */
  readonly memory: MemoryNeed;
  /** Bytes that the service may hold of uploads that a lost power made the agent forget, where it has a limit of them. */
  readonly forgottenBytes: number;
}

/** Gathers what follows from a run's faults. */
export function backupFacts(
  run: BackupRun,
  retryPolicy: RetryPolicy,
  known: AgentKnowledge,
  { memory, forgottenBytes }: Limits,
): BackupFacts {
  const communication = communicationOf(
    run,
    retryPolicy,
    FAILED_EXCHANGE_CAUSES.backup,
    falseListingTroubles(run),
  );
  const strangeRefusals = strangeRefusalsOf(run);
  return {
    run,
    retryPolicy,
    communication,
    disk: diskTroubleOf(run),
    strangeRefusals,
    known,
    memory: memoryOf(run, known, {
      limits: memory,
      isCalm: communication.heals && !strangeRefusals && hasNothingElse(run),
    }),
    forgottenBytes,
  };
}

/** What agent and service have room for. */
interface Limits {
  readonly memory: MemoryLimits | undefined;
  readonly forgottenBytes: number;
}

/** By what the job holds, and by the fault of the step. */
function memoryOf(
  run: BackupRun,
  known: AgentKnowledge,
  { limits, isCalm }: { readonly limits: MemoryLimits | undefined; readonly isCalm: boolean },
): MemoryNeed {
  const isOnDisk = (path: string): boolean =>
    run.diskBefore.get(`${run.sourcePath}/${path}`)?.kind === "file";
  const knowsFiles = known.sureFiles.keys().some(isOnDisk);
  const need = memoryNeedOf(run, limits, { isCalm, knowsFiles });
  const isStruck = run.fired.some(({ layer, hitCount }) => layer === "memory" && hitCount > 0);
  if (!isStruck) return need;
  const cause = run.faults.memory?.activity === "scan" ? "B-OM-1" : "B-OM-2";
  return { isSure: true, causes: new Set([...need.causes, cause]) };
}

/** Whether nothing on either side but its memory could end the job early, or change what it finds. */
function hasNothingElse(run: BackupRun): boolean {
  const root = run.diskBefore.get(run.sourcePath);
  return (
    run.stop === undefined &&
    run.diskChanges.length === 0 &&
    run.faults.disk === undefined &&
    run.serviceBefore.destinationExists &&
    !isDestinationTouched(run) &&
    !run.signedOut &&
    run.acts.length === 0 &&
    root?.kind === "folder" &&
    !root.denied &&
    !root.locked
  );
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
