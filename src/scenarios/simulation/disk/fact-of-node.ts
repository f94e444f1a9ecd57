import { parseMode } from "../../../protocol/posix-mode.ts";
import { contentBytes, contentSize, sha256, type Content } from "../../scenario/content.ts";
import type { TreeNode } from "../../scenario/tree-node.ts";
import type { DiskFact } from "../../observation/disk-fact.ts";

/** The device that a disk begins with. */
export const FIRST_DEVICE = 1;

/** The permission bits that a scenario's mode stands for: a folder's owner can list and enter it. */
export function modeOf(mode: string | undefined, kind: string | undefined): number {
  if (kind !== "folder") return mode === undefined ? 0o644 : parseMode(mode);
  return mode === undefined ? 0o755 : parseMode(mode) | 0o500;
}

/** What is known of a file by its content. */
export function contentFacts(content: Content): Pick<DiskFact, "sha256" | "sizeBytes"> {
  return { sha256: sha256(contentBytes(content)), sizeBytes: contentSize(content) };
}

/** What stands at a path where a node of a scenario's tree was put, on the first device, as an entry of its own. */
export function factOfNode(path: string, node: TreeNode, entryId: number): DiskFact {
  const file = node !== null && "content" in node ? node : undefined;
  const bare = {
    path,
    sha256: "",
    sizeBytes: 0,
    timeStamp: 0,
    locked: false,
    denied: false,
    mode: modeOf(undefined, node === null ? "folder" : "file"),
    device: FIRST_DEVICE,
    entryId,
  };
  if (node === null) return { ...bare, kind: "folder", hidden: false, nameBase64: undefined };
  return {
    ...bare,
    nameBase64: node.nameBase64,
    hidden: node.hidden ?? false,
    denied: "access" in node && node.access === "denied",
    kind: "kind" in node ? node.kind : "file",
    mode: modeOf("mode" in node ? node.mode : undefined, "kind" in node ? node.kind : "file"),
    ...(file === undefined ? {} : { locked: file.locked ?? false, ...contentFacts(file.content) }),
  };
}
