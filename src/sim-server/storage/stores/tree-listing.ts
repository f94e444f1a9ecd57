import { siblingKey } from "./child-index.ts";
import { upperBound } from "./path-order.ts";
import type { FolderNode, ServiceNode } from "./service-nodes.ts";

/** A place in a listing: the entry that was given last, by its names below the listed folder. */
export interface ListingCursor {
  readonly kind: "file" | "folder";
  readonly names: readonly string[];
}

/** One entry with its path as text. */
interface ListedNode {
  readonly node: ServiceNode;
  readonly path: string;
}

/** What to list. */
export interface ListingRequest {
  readonly folder: FolderNode;
  /** The folder's own path as text. */
  readonly path: string;
  /** Everything below it, not only its children. */
  readonly recursive: boolean;
  /** Continue after this entry, whether it is still there or not. */
  readonly after: ListingCursor | null;
  readonly entryCountMax: number;
}

/** Part of a listing; `next` is null at the end. */
export interface ListingPart {
  readonly entries: readonly ListedNode[];
  readonly next: ListingCursor | null;
}

interface Frame {
  readonly folder: FolderNode;
  readonly children: readonly ServiceNode[];
  readonly prefix: string;
  index: number;
}

/**
 * The next entries of a listing, in order of the UTF-8 bytes of their paths. Costs the depth of the
 * place and what it returns, not the size of the tree; entries that come and go meanwhile neither
 * repeat nor hide others.
 */
export function listPart(request: ListingRequest): ListingPart {
  const frames = openFrames(request);
  const entries: ListedNode[] = [];
  for (let frame = frames.at(-1); frame !== undefined; frame = frames.at(-1)) {
    const node = frame.children[frame.index];
    if (node === undefined) {
      frames.pop();
      continue;
    }
    if (!frame.folder.children.has(node)) {
      frame.index += 1;
      continue;
    }
    if (entries.length === request.entryCountMax) {
      return { entries, next: cursorOf(request.folder, entries.at(-1)?.node) };
    }
    frame.index += 1;
    const path = frame.prefix + node.name;
    entries.push({ node, path });
    if (request.recursive && node.kind === "folder") frames.push(newFrame(node, `${path}/`));
  }
  return { entries, next: null };
}

function newFrame(folder: FolderNode, prefix: string): Frame {
  return { folder, children: folder.children.sorted(), prefix, index: 0 };
}

/** The folders being listed, from the outermost in, each set to the entry behind the cursor. */
function openFrames(request: ListingRequest): Frame[] {
  let frame = newFrame(request.folder, `${request.path}/`);
  const frames = [frame];
  const { after } = request;
  if (after === null) return frames;
  for (const [depth, name] of after.names.entries()) {
    const isFile = after.kind === "file" && depth === after.names.length - 1;
    frame.index = upperBound(frame.children, isFile ? name : `${name}/`, siblingKey);
    const child = isFile || !request.recursive ? undefined : frame.folder.children.folder(name);
    if (child === undefined) break;
    frame = newFrame(child, `${frame.prefix}${name}/`);
    frames.push(frame);
  }
  return frames;
}

function cursorOf(root: FolderNode, last: ServiceNode | undefined): ListingCursor | null {
  if (last === undefined) return null;
  const names: string[] = [];
  for (let at: ServiceNode | null = last; at !== null && at !== root; at = at.parent) {
    names.push(at.name);
  }
  return { kind: last.kind, names: names.toReversed() };
}
