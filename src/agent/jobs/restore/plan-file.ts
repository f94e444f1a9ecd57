import { formatServicePath } from "../../../protocol/service-path.ts";
import { parseMode } from "../../../protocol/posix-mode.ts";
import { falseAnswer } from "./restore-failure.ts";
import { restorePath } from "../../core/restore-path.ts";
import type { StoredFile } from "../../ports/service.ts";
import { guardMemory } from "../guard-memory.ts";
import { StoppedError } from "../job-stop.ts";
import type { SourceWish } from "./find-on-service.ts";
import type { RestoreContext } from "./restore-context.ts";
import type { RestoreItem } from "./restore-item.ts";
import type { TargetFolder } from "./target-folder.ts";

interface PlanFileOptions {
  readonly context: RestoreContext;
  readonly source: SourceWish;
  readonly stored: StoredFile;
  /** The chosen folder on this PC. */
  readonly root: TargetFolder;
  readonly put: (item: RestoreItem) => Promise<void>;
}

/**
 * A single file, or one generation of it, goes right into the chosen folder (F26). What names it is no
 * more trusted than a listing. Rejects with `StoppedError` when the job is to stop.
 */
export async function planFile(options: PlanFileOptions): Promise<void> {
  const { context, source, stored, root, put } = options;
  const { stop } = context;
  for await (const [file] of guardMemory(only(stored), "restore", context)) {
    if (stop.reason !== undefined || file === undefined) throw new StoppedError();
    const { place, generation } = source;
    const name = place.at(-1) ?? "";
    const path = formatServicePath(place);
    const found = restorePath({ kind: "file", path }, formatServicePath(place.slice(0, -1)), "");
    if (found.kind === "refused") {
      const row = { path: name, entryKind: "file" } as const;
      return put({ kind: "settled", row, outcome: falseAnswer(found.why) });
    }
    root.holdFor(name);
    await put({
      kind: "file",
      path: name,
      name,
      folder: root,
      place,
      ...(generation === undefined ? {} : { generation }),
      sizeBytes: file.sizeBytes,
      modifiedAtNs: BigInt(file.modifiedAtNs),
      mode: file.mode === null ? undefined : parseMode(file.mode),
      sha256: file.sha256,
      // Nothing else is restored that it could be older than.
      writeOrder: 0,
    });
  }
}

async function* only<Item>(item: Item): AsyncGenerator<readonly Item[], void> {
  yield [item];
}
