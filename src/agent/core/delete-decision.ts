import { CAUSES, type CauseId, type DeleteCauseId } from "../../protocol/causes/causes.ts";
import type { Status } from "../../protocol/status.ts";
import { isSameDevice } from "./device-id.ts";
import { message, type Message } from "../../messages/message.ts";

/** What a scan that came to its end saw of a source. */
export interface ScanFacts {
  /** The device the source folder is on. */
  readonly deviceId: string;
  /** Files that can be backed up, changed or not. */
  readonly fileCount: number;
}

/** What decides whether a backup's delete job runs. */
export interface DeleteQuestion {
  /** The ended backup's. */
  readonly backupCauses: readonly CauseId[];
  /** Undefined when the scan did not come to its end. */
  readonly scan: ScanFacts | undefined;
  /** Whether the source had files, as far as the agent knows. */
  readonly hadFiles: boolean;
  /** The device the deletions were last in order on; null before the first look. */
  readonly rememberedDeviceId: string | null;
  /** The PC the deletions were last in order on, and the one that this is; null where that is not known. */
  readonly rememberedMachine: string | null;
  readonly machine: string | null;
  /** Folders that D15 is about, "" for the source itself; empty when there is anything else to delete or to tell. */
  readonly onlyHeldFolders: readonly string[];
  readonly sourcePath: string;
  /** Whether a person saw what D15 is about and wants the deletions all the same. */
  readonly isConfirmed: boolean;
}

/** Whether a delete job runs, or why it does not (未実行). */
export type DeleteDecision =
  | { readonly kind: "run" }
  | {
      readonly kind: "not-run";
      readonly cause: Extract<DeleteCauseId, `DEL-NR-${string}`>;
      /** For people. */
      readonly detail: Message;
    };

/** After a backup that saw one of these, what is gone cannot be told from what could not be seen. */
const PREVENTING: ReadonlySet<Status> = new Set<Status>([
  "invalid-settings",
  "communication-error",
  "out-of-memory",
  "interrupted",
]);

/** Decides whether the delete job of a backup runs (decision 0010, D9, D15). */
export function decideDeletion(question: DeleteQuestion): DeleteDecision {
  const { scan } = question;
  const prevented = question.backupCauses.find((cause) => PREVENTING.has(CAUSES[cause].status));
  if (scan === undefined || prevented !== undefined) {
    return notRun("DEL-NR-1", message("delete.backup-incomplete"));
  }
  if (question.isConfirmed) return { kind: "run" };
  if (scan.fileCount === 0 && question.hadFiles) {
    return notRun("DEL-NR-3", message("delete.source-empty"));
  }
  const { rememberedDeviceId, rememberedMachine, machine } = question;
  if (rememberedMachine !== null && machine !== null && rememberedMachine !== machine) {
    return notRun("DEL-NR-3", message("delete.other-pc"));
  }
  if (rememberedDeviceId !== null && !isSameDevice(rememberedDeviceId, scan.deviceId)) {
    return notRun("DEL-NR-3", message("delete.other-device"));
  }
  if (question.onlyHeldFolders.length > 0) {
    return notRun("DEL-NR-3", heldFoldersDetail(question.onlyHeldFolders, question.sourcePath));
  }
  return { kind: "run" };
}

/** Folders that are named where deletions wait to be confirmed: a person looks at the first of them. */
export const HELD_FOLDERS_NAMED_COUNT = 10;

/** Names the folders that D15 is about by their paths below the source, and the source itself by its own. */
export function heldFoldersDetail(folders: readonly string[], sourcePath: string): Message {
  const named = folders.slice(0, HELD_FOLDERS_NAMED_COUNT);
  return message("delete.held-folders", { folders: named.map((one) => one || sourcePath) });
}

function notRun(cause: "DEL-NR-1" | "DEL-NR-3", detail: Message): DeleteDecision {
  return { kind: "not-run", cause, detail };
}
