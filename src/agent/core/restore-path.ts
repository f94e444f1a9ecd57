import { forbiddenNameCause } from "../../protocol/forbidden-name.ts";
import { checkServicePath, type ServicePathFault } from "../../protocol/service-path.ts";
import { compareKeys } from "./compare-keys.ts";

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
  | { readonly kind: "refused"; readonly why: string };

const FAULTS: Record<ServicePathFault, string> = {
  empty: "it has no name",
  "empty-name": "a name in its path is empty",
  "dot-name": "its path leads elsewhere",
  "separator-in-name": "its path leads elsewhere",
  "control-character": "a name in its path holds a control character",
  "malformed-unicode": "a name in its path is no Unicode",
  "too-long": "its path is longer than the service can hold",
};

/**
 * Takes a listed entry for hostile: it is below the folder that was asked for (`folder`, its names
 * joined by `/`), every name by itself is one the service could hold and F20 allows, and it comes
 * behind `lastKey`, the key of the accepted entry before it ("" before the first).
 */
export function restorePath(entry: ListedPath, folder: string, lastKey: string): RestorePath {
  if (entry.kind === "unknown") return refused("it is neither file nor folder");
  const prefix = `${folder}/`;
  if (!entry.path.startsWith(prefix)) return refused("it is not in the folder that was listed");
  const below = entry.path.slice(prefix.length);
  const names = below.split("/");
  const checked = checkServicePath(names);
  if (checked.kind === "fault") return refused(FAULTS[checked.fault]);
  if (hasForbiddenName(names, entry.kind)) {
    return refused("a name in its path is none the service takes");
  }
  const key = entry.kind === "folder" ? `${below}/` : below;
  if (compareKeys(key, lastKey) <= 0) return refused("it is out of order, or there twice");
  return { kind: "names", entryKind: entry.kind, names, key };
}

function hasForbiddenName(names: readonly string[], kind: "file" | "folder"): boolean {
  return names.some((name, index) => {
    const isFolder = kind === "folder" || index < names.length - 1;
    return forbiddenNameCause(name, isFolder ? "folder" : "file") !== undefined;
  });
}

function refused(why: string): RestorePath {
  return { kind: "refused", why };
}
