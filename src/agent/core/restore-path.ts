import { forbiddenNameCause } from "../../protocol/forbidden-name.ts";
import { checkServicePath } from "../../protocol/service-path.ts";
import { compareKeys } from "./compare-keys.ts";
import { message, type Message } from "../../messages/message.ts";
import { PATH_FAULTS } from "./path-faults.ts";

/** What is looked at of a listed entry: its kind, and the path the service gives it. */
export interface ListedPath {
  readonly kind: "file" | "folder" | "unknown";
  readonly path: string;
}

/** The names of an entry below the restored folder, or why nothing is written for it. */
export type RestorePath =
  | {
      readonly kind: "names";
      readonly entryKind: "file" | "folder";
      /** At least one; each can be a name of one file or folder and nothing else. */
      readonly names: readonly string[];
      /** Its place in the order (core/compare-keys.ts). */
      readonly key: string;
    }
  | { readonly kind: "refused"; readonly why: Message };

/**
 * Takes a listed entry for hostile: it is below the folder that was asked for (`folder`, its names
 * joined by `/`), every name by itself is one the service could hold and F20 allows, and it comes
 * behind `lastKey`, the key of the accepted entry before it ("" before the first).
 */
export function restorePath(entry: ListedPath, folder: string, lastKey: string): RestorePath {
  if (entry.kind === "unknown") return refused(message("restore.entry-of-unknown-kind"));
  const prefix = `${folder}/`;
  if (!entry.path.startsWith(prefix)) return refused(message("restore.entry-of-other-folder"));
  const below = entry.path.slice(prefix.length);
  const names = below.split("/");
  const checked = checkServicePath(names);
  if (checked.kind === "fault") return refused(PATH_FAULTS[checked.fault]);
  if (hasForbiddenName(names, entry.kind)) {
    return refused(message("restore.entry-forbidden-name"));
  }
  const key = entry.kind === "folder" ? `${below}/` : below;
  if (compareKeys(key, lastKey) <= 0) return refused(message("restore.entry-out-of-order"));
  return { kind: "names", entryKind: entry.kind, names, key };
}

function hasForbiddenName(names: readonly string[], kind: "file" | "folder"): boolean {
  return names.some((name, index) => {
    const isFolder = kind === "folder" || index < names.length - 1;
    return forbiddenNameCause(name, isFolder ? "folder" : "file") !== undefined;
  });
}

function refused(why: Message): RestorePath {
  return { kind: "refused", why };
}
