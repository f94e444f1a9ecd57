import { contentBytes, contentSize, sha256, type Content } from "../../scenario/content.ts";
import type { TreeNode } from "../../scenario/tree-node.ts";
import type { DiskFact } from "../../observation/disk-fact.ts";

/** The device that a disk begins with. */
export const FIRST_DEVICE = 1;

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
    ...(file === undefined ? {} : { locked: file.locked ?? false, ...contentFacts(file.content) }),
  };
}
