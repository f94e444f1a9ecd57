import { sourceRefusal, type PlacedFolder } from "./source-refusal.ts";
import { DiskError, type SourceDisk } from "../ports/source-disk.ts";
import { message, type Message } from "../../messages/message.ts";
import { diskReason } from "../core/disk-reason.ts";

interface PlaceSourceOptions {
  readonly disk: SourceDisk;
  /** As a person typed it. */
  readonly typedPath: string;
  readonly sourcePaths: readonly string[];
  readonly homePath: string;
}

/** The candidate's absolute path and name, or why it is refused, for people. */
export type SourcePlacement =
  | { readonly kind: "placed"; readonly path: string; readonly name: string }
  | { readonly kind: "refused"; readonly reason: Message };

/** Looks whether a folder can become a source (D17). */
export async function placeSource(options: PlaceSourceOptions): Promise<SourcePlacement> {
  const { disk } = options;
  const path = disk.absolute(options.typedPath);
  const refused = (reason: Message): SourcePlacement => ({ kind: "refused", reason });
  try {
    const stat = await disk.stat(path);
    if (stat.kind === "symbolic-link") return refused(message("source.is-link", { path }));
    if (stat.kind !== "folder") return refused(message("source.no-folder", { path }));
  } catch (error) {
    if (!(error instanceof DiskError)) throw error;
    return refused(message("source.not-looked-at", { path, why: diskReason(error) }));
  }
  const placed = (one: string): Promise<PlacedFolder> => place(disk, one);
  const sources = await Promise.all(options.sourcePaths.map(placed));
  const lines = await Promise.all(sources.map((source) => lineIds(disk, source.path)));
  const home = disk.absolute(options.homePath);
  const reason = sourceRefusal({
    folder: await placed(path),
    name: disk.baseName(path),
    lineIds: await lineIds(disk, path),
    sources,
    sourceLineIds: new Map(sources.map((source, index) => [source.path, lines[index] ?? []])),
    home: await placed(home),
    homeLineIds: await lineIds(disk, home),
  });
  return reason === undefined
    ? { kind: "placed", path, name: disk.baseName(path) }
    : refused(reason);
}

async function place(disk: SourceDisk, path: string): Promise<PlacedFolder> {
  try {
    return { path, fileId: (await disk.stat(path)).fileId };
  } catch (error) {
    if (error instanceof DiskError) return { path, fileId: null };
    throw error;
  }
}

/** Identities of the folders above a path, nearest first, as far up as they can be seen. */
async function lineIds(disk: SourceDisk, path: string): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let at = parentOf(disk, path); at !== undefined; at = parentOf(disk, at)) {
    const { fileId } = await place(disk, at);
    if (fileId !== null) ids.push(fileId);
  }
  return ids;
}

function parentOf(disk: SourceDisk, path: string): string | undefined {
  const parent = disk.absolute(disk.join(path, ".."));
  return parent === path ? undefined : parent;
}
