import type { SimDisk } from "../../../sim-server/disk/sim-disk.ts";
import { contentBytes } from "../../scenario/content.ts";
import type { Tree, TreeNode } from "../../scenario/tree-node.ts";
import { modeOf } from "./fact-of-node.ts";
import { entryPlace, isStrangeName, type HostPaths } from "./host-path.ts";

interface PlantOptions {
  readonly disk: SimDisk;
  readonly paths: HostPaths;
  /** The modification time of files that name none. */
  readonly startMs: number;
}

/**
 * Puts a scenario's tree on the disk. Gives the names that no healthy disk can hold, by the name that
 * stands for each on this one.
 */
export function plantTree(tree: Tree, options: PlantOptions): ReadonlyMap<string, Uint8Array> {
  const strangeNames = new Map<string, Uint8Array>();
  const folders: (readonly [string, NonNullable<TreeNode>])[] = [];
  for (const [path, node] of Object.entries(tree)) {
    const nameBase64 = node?.nameBase64;
    const place = entryPlace(path, nameBase64, options.paths);
    if (nameBase64 !== undefined && isStrangeName(nameBase64)) {
      const name = path.slice(path.lastIndexOf("/") + 1);
      strangeNames.set(name, Buffer.from(nameBase64, "base64"));
    }
    plant(place, node, options);
    if (node !== null && "kind" in node && node.kind === "folder") folders.push([path, node]);
    if (node?.hidden === true) options.disk.setHidden(place);
  }
  // A folder that may not be entered would not let its own content be planted.
  for (const [path, node] of folders) {
    const at = options.paths.toHost(path);
    if ("mode" in node) options.disk.chmod(at, modeOf(node.mode, "folder"));
    if (!("access" in node) || node.access !== "denied") continue;
    options.disk.setAccess(at, "none");
  }
  return strangeNames;
}

function plant(place: string | Uint8Array, node: TreeNode, { disk, startMs }: PlantOptions): void {
  if (node === null || ("kind" in node && node.kind === "folder")) {
    disk.mkdir(place);
    return;
  }
  if ("kind" in node) {
    if (node.kind === "symbolic-link") disk.makeSpecial(place, "symbolic-link", node.to);
    else disk.makeSpecial(place, node.kind === "device" ? "character-device" : node.kind);
    return;
  }
  const modifiedAtNs =
    node.modifiedAtNs === undefined ? BigInt(startMs) * 1_000_000n : BigInt(node.modifiedAtNs);
  disk.write(place, contentBytes(node.content), { modifiedAtNs });
  if (node.mode !== undefined) disk.chmod(place, modeOf(node.mode, "file"));
  if (node.access === "denied") disk.setAccess(place, "none");
  if (node.locked === true) disk.lock(place);
}
