import { MANUAL_BACKUP_FOLDER, SECURITY_AREA } from "../../../protocol/service-path.ts";
import { ProblemError } from "../../../sim-server/storage/http/problem-error.ts";
import type { World } from "../../../sim-server/world.ts";
import type { Explorer } from "../../../sim-server/storage/service/explorer.ts";
import { contentBytes, sha256 } from "../../scenario/content.ts";
import type { ExplorerAction } from "../../scenario/explorer-action.ts";
import type { ExplorerFact } from "../../observation/explorer-fact.ts";
import type { Loss } from "../../observation/loss.ts";

/** Files that a person stored elsewhere in the contract: path -> digest. */
export type ElsewhereFiles = Map<string, string>;

interface ExplorerOptions {
  readonly world: World;
  readonly loginId: string;
  /** The destination folder the action is about, when it is about one that is known. */
  readonly destination: string | undefined;
  readonly elsewhere: ElsewhereFiles;
  /** Called with what truly happened to a single entry of a destination. */
  readonly note: (fact: Omit<ExplorerFact, "seq">) => void;
}

/** Does what a person does on the service. Says how a destination went away, when one did. */
export function actInExplorer(action: ExplorerAction, options: ExplorerOptions): Loss | undefined {
  const { world, loginId, destination, elsewhere } = options;
  const explorer = world.service.explorer(loginId);
  const { storage } = world.service.accounts.get(loginId).contract;
  world.trace.add("explorer", action.do);
  const path = destination?.split("/");
  switch (action.do) {
    case "delete-destination":
      if (path === undefined || !explorer.folderExists(path)) return undefined;
      explorer.delete("folder", path);
      return "deleted";
    case "rename-destination": {
      if (path === undefined || !explorer.folderExists(path)) return undefined;
      const name = `${path.at(-1) ?? ""} (renamed)`;
      const to = [...path.slice(0, -1), name];
      if (explorer.folderExists(to)) return undefined;
      explorer.rename("folder", path, to);
      return "renamed";
    }
    case "delete-file":
    case "rename-file":
    case "delete-folder":
    case "put-file":
    case "replace-file":
      try {
        actOnEntry(action, explorer, options);
      } catch (error) {
        // The explorer refuses what no name on the service may have.
        if (!(error instanceof ProblemError)) throw error;
      }
      return undefined;
    case "store-elsewhere": {
      const bytes = contentBytes({ size: action.size, seed: action.size });
      if (bytes.length > explorer.usage().freeBytes) return undefined;
      const entry = explorer.put([SECURITY_AREA, MANUAL_BACKUP_FOLDER, action.name], bytes);
      elsewhere.set(entry.path, sha256(bytes));
      return undefined;
    }
    case "set-free":
      storage.quotaBytes = storage.usedBytes + Math.max(0, action.bytes);
      return undefined;
    case "set-quota":
      storage.quotaBytes = Math.max(storage.usedBytes, action.bytes);
      return undefined;
  }
}

type ActOnEntry = Extract<ExplorerAction, { path: string }>;

/** Does what a person does to one file or folder of a destination; nothing where it cannot be done. */
function actOnEntry(
  action: ActOnEntry,
  explorer: Explorer,
  { destination, note }: ExplorerOptions,
): void {
  if (destination === undefined || !explorer.folderExists(destination.split("/"))) return;
  const at = [...destination.split("/"), ...action.path.split("/")];
  const fact = { act: action.do, destination, path: action.path, sha256: undefined };
  switch (action.do) {
    case "delete-file":
      if (explorer.file(at) === undefined) return;
      explorer.delete("file", at);
      return note(fact);
    case "rename-file": {
      const to = [...destination.split("/"), ...action.to.split("/")];
      if (explorer.file(at) === undefined || explorer.file(to) !== undefined) return;
      explorer.rename("file", at, to);
      note(fact);
      return note({ ...fact, path: action.to });
    }
    case "delete-folder":
      if (!explorer.folderExists(at)) return;
      explorer.delete("folder", at);
      return note(fact);
    case "put-file":
    case "replace-file": {
      const isThere = explorer.file(at) !== undefined;
      if (isThere !== (action.do === "replace-file")) return;
      const bytes = contentBytes(action.content);
      if (bytes.length > explorer.usage().freeBytes) return;
      explorer.put(at, bytes);
      return note({ ...fact, sha256: sha256(bytes) });
    }
  }
}
