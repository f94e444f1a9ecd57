import { MANUAL_BACKUP_FOLDER, SECURITY_AREA } from "../../../protocol/service-path.ts";
import { ProblemError } from "../../../sim-server/storage/http/problem-error.ts";
import type { World } from "../../../sim-server/world.ts";
import type { Explorer } from "../../../sim-server/storage/service/explorer.ts";
import { contentBytes, sha256 } from "../../scenario/content.ts";
import type { ExplorerAction } from "../../scenario/explorer-action.ts";
import type { LoginFact } from "../../observation/login-fact.ts";
import type { ExplorerFact } from "../../observation/explorer-fact.ts";
import type { Loss } from "../../observation/loss.ts";
import type { StorageSnapshot } from "../../../sim-server/storage/snapshot/storage-snapshot.ts";

/** Files that a person stored elsewhere in the contract: path -> digest. */
export type ElsewhereFiles = Map<string, string>;

/** What the operator kept of the service, with what a person had stored elsewhere by then. */
export interface KeptService {
  readonly snapshot: StorageSnapshot;
  readonly elsewhere: ReadonlyMap<string, string>;
}

/** What was done to a folder that destinations are, or are in. */
export interface FolderAct {
  /** The folder; "" for all that the service has. */
  readonly folder: string;
  /** How destinations that are not there any more went away. */
  readonly loss: Loss;
  /** Where the folder went, when it was renamed. */
  readonly renamedTo?: string;
}

interface ExplorerOptions {
  readonly world: World;
  readonly loginId: string;
  /** The destination folder the action is about, when it is about one that is known. */
  readonly destination: string | undefined;
  readonly elsewhere: ElsewhereFiles;
  /** What the operator kept; changed by `save-service`. */
  readonly kept: { service: KeptService };
  /** Called with what truly happened to a single entry of a destination. */
  readonly note: (fact: Omit<ExplorerFact, "seq">) => void;
  /** Called with what concerns wrong passwords. */
  readonly noteLogin: (fact: LoginFact) => void;
}

/** What came of an action in the explorer. */
interface ExplorerResult {
  readonly isDone: boolean;
  /** Which folder was touched as a whole, when one was. */
  readonly touched?: FolderAct;
}

const NOT_DONE: ExplorerResult = { isDone: false };
const DONE: ExplorerResult = { isDone: true };

/** Does what somebody does on the service, if it can be done. */
export function actInExplorer(action: ExplorerAction, options: ExplorerOptions): ExplorerResult {
  const { world, loginId, destination, elsewhere, kept } = options;
  const explorer = world.service.explorer(loginId);
  const { storage } = world.service.accounts.get(loginId).contract;
  world.trace.add("explorer", action.do);
  const path = destination?.split("/");
  switch (action.do) {
    case "delete-destination": {
      const folder = path?.slice(0, path.length - LEVELS[action.level ?? "destination"]);
      if (folder === undefined || !explorer.folderExists(folder)) return NOT_DONE;
      explorer.delete("folder", folder);
      return touched({ folder: folder.join("/"), loss: "deleted" });
    }
    case "rename-destination": {
      const folder = path?.slice(0, path.length - LEVELS[action.level ?? "destination"]);
      if (folder === undefined || !explorer.folderExists(folder)) return NOT_DONE;
      const to = [...folder.slice(0, -1), `${folder.at(-1) ?? ""}${RENAMED}`];
      if (explorer.folderExists(to)) return NOT_DONE;
      explorer.rename("folder", folder, to);
      return touched({ folder: folder.join("/"), loss: "renamed", renamedTo: to.join("/") });
    }
    case "make-destination":
      if (path === undefined || explorer.folderExists(path)) return NOT_DONE;
      explorer.createFolder(path);
      return touched({ folder: path.join("/"), loss: "deleted" });
    case "save-service":
      kept.service = { snapshot: world.service.snapshot(), elsewhere: new Map(elsewhere) };
      options.noteLogin("kept");
      return DONE;
    case "restore-service": {
      const isAsItIs = filesIn(world.service.snapshot()) === filesIn(kept.service.snapshot);
      world.service.restore(kept.service.snapshot);
      options.noteLogin("put-back");
      elsewhere.clear();
      for (const [at, digest] of kept.service.elsewhere) elsewhere.set(at, digest);
      // Put back to what it is, it has everything that was learned of it.
      return isAsItIs ? DONE : touched({ folder: "", loss: "deleted" });
    }
    case "change-contract":
      world.service.accounts.moveToNewContract(loginId);
      // Whoever logs in from now on is in the new contract.
      world.service.expireSessions(loginId);
      elsewhere.clear();
      return touched({ folder: "", loss: "deleted" });
    case "delete-file":
    case "rename-file":
    case "delete-folder":
    case "put-file":
    case "replace-file":
      try {
        return { isDone: actOnEntry(action, explorer, options) };
      } catch (error) {
        // The explorer refuses what no name on the service may have.
        if (!(error instanceof ProblemError)) throw error;
        return NOT_DONE;
      }
    case "store-elsewhere": {
      const bytes = contentBytes({ size: action.size, seed: action.size });
      if (bytes.length > explorer.usage().freeBytes) return NOT_DONE;
      const entry = explorer.put([SECURITY_AREA, MANUAL_BACKUP_FOLDER, action.name], bytes);
      elsewhere.set(entry.path, sha256(bytes));
      return DONE;
    }
    case "set-free":
      storage.quotaBytes = storage.usedBytes + Math.max(0, action.bytes);
      return DONE;
    case "change-service-password": {
      const { accounts } = world.service;
      accounts.setPassword(loginId, `${accounts.passwordOf(loginId)}+`);
      world.service.expireSessions(loginId);
      return DONE;
    }
    case "login-wrong":
      for (let time = 0; time < action.times; time += 1) {
        world.service.giveWrongPassword(loginId);
        options.noteLogin("guessed");
      }
      return DONE;
    case "end-sessions":
      world.service.expireSessions(loginId);
      return DONE;
    case "set-quota":
      storage.quotaBytes = Math.max(storage.usedBytes, action.bytes);
      return DONE;
  }
}

/** Everything that anybody stored, with the number of the next folder or file: what came and went again shows. */
function filesIn({ contracts }: StorageSnapshot): string {
  return JSON.stringify(
    contracts.map(({ folders, files, nextId, id }) => ({ folders, files, nextId, id })),
  );
}

function touched(act: FolderAct): ExplorerResult {
  return { isDone: true, touched: act };
}

/** How many names above the destination each of these folders is. */
const LEVELS = { destination: 0, device: 1, administrator: 2 } as const;

/** What the name of a folder that was renamed ends in. */
const RENAMED = " (renamed)";

type ActOnEntry = Extract<ExplorerAction, { path: string }>;

/** Does what a person does to one file or folder of a destination; `false` where it cannot be done. */
function actOnEntry(
  action: ActOnEntry,
  explorer: Explorer,
  { destination, note }: ExplorerOptions,
): boolean {
  if (destination === undefined || !explorer.folderExists(destination.split("/"))) return false;
  const at = [...destination.split("/"), ...action.path.split("/")];
  const fact = { act: action.do, destination, path: action.path, sha256: undefined };
  switch (action.do) {
    case "delete-file":
      if (explorer.file(at) === undefined) return false;
      explorer.delete("file", at);
      note(fact);
      return true;
    case "rename-file": {
      const to = [...destination.split("/"), ...action.to.split("/")];
      if (explorer.file(at) === undefined || explorer.file(to) !== undefined) return false;
      explorer.rename("file", at, to);
      note(fact);
      note({ ...fact, path: action.to });
      return true;
    }
    case "delete-folder":
      if (!explorer.folderExists(at)) return false;
      explorer.delete("folder", at);
      note(fact);
      return true;
    case "put-file":
    case "replace-file": {
      const isThere = explorer.file(at) !== undefined;
      if (isThere !== (action.do === "replace-file")) return false;
      const bytes = contentBytes(action.content);
      if (bytes.length > explorer.usage().freeBytes) return false;
      explorer.put(at, bytes);
      note({ ...fact, sha256: sha256(bytes) });
      return true;
    }
  }
}
