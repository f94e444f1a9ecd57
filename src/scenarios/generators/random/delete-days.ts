import * as fc from "fast-check";

import type { DiskChange } from "../../scenario/disk-change.ts";
import type { ExplorerAction } from "../../scenario/explorer-action.ts";
import type { Moment } from "../../scenario/moment.ts";
import type { Step } from "../../scenario/step.ts";
import { pick, type Known, type Unplaced } from "./known.ts";

/** What can happen on days on which things are compared and deleted. */
export const DELETE_FEATURES = ["empty", "remount", "compare", "explorer-entries"] as const;

const index = fc.nat({ max: 40 });

/** A file or folder goes: deleted, renamed, moved out of its source, or called what the service does not take. */
export const removalArbitrary: fc.Arbitrary<Unplaced<DiskChange>> = fc
  .tuple(index, fc.constantFrom("delete", "delete", "delete", "rename", "move", "refused"))
  .map(([at, way]) => (known) => {
    const path = pick(known.paths, at);
    if (way === "delete" || known.sources.includes(path)) return { do: "delete", path };
    const folder = way === "move" ? "/data" : path.slice(0, path.lastIndexOf("/"));
    const name = way === "refused" ? `.gone ${at}` : `gone ${at}`;
    return { do: "rename", path, to: `${folder}/${name}` };
  });

/** A source that is emptied, or a source, a folder in it or the one above it that is on another device for a while. */
export function sourceChanges(
  features: readonly string[],
): readonly fc.Arbitrary<Unplaced<DiskChange>>[] {
  const found: fc.Arbitrary<Unplaced<DiskChange>>[] = [];
  if (features.includes("empty")) {
    found.push(index.map((at) => (known) => ({ do: "empty", path: pick(known.sources, at) })));
  }
  if (features.includes("remount")) {
    const holds = fc.constantFrom<Extract<DiskChange, { do: "remount" }>["holds"]>(
      "same",
      {},
      {
        "a file of another disk": { text: "x" },
      },
    );
    found.push(
      fc
        .tuple(index, holds, mountPlace, fc.boolean())
        .map(([at, held, place, isBind]) => (known) => ({
          do: "remount",
          path: folderNear(known, at, place),
          holds: held,
          ...(isBind && { bind: true }),
        })),
      fc.tuple(index, mountPlace).map(([at, place]) => (known) => ({
        do: "unmount",
        path: folderNear(known, at, place),
      })),
    );
  }
  return found;
}

/** Where a device is put, as seen from a source. */
type MountPlace = "below" | "at" | "above";

const mountPlace = fc.constantFrom<MountPlace>(
  "below",
  "below",
  "below",
  "at",
  "at",
  "at",
  "above",
);

/** The folder that some file is in (a source, or one below it), a source, or the folder that a source is in. */
function folderNear(known: Known, at: number, place: MountPlace): string {
  if (place === "below") return parentOf(pick(known.files, at));
  const source = pick(known.sources, at);
  return place === "at" ? source : parentOf(source);
}

function parentOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/"));
}

/** Someone in the explorer, at a single entry of a destination. */
export const entryActionArbitrary: fc.Arbitrary<Unplaced<ExplorerAction>> = fc
  .tuple(
    index,
    fc.constantFrom<"delete-file" | "delete-folder" | "put-file" | "replace-file">(
      "delete-file",
      "delete-file",
      "delete-folder",
      "put-file",
      "replace-file",
    ),
    fc.nat({ max: 99 }),
  )
  .map(([at, act, seed]) => (known) => {
    const found = pick(known.files, at);
    const source = Math.max(
      0,
      known.sources.findIndex((root) => found.startsWith(`${root}/`)),
    );
    const path = found.slice((known.sources[source] ?? "").length + 1);
    const folder = path.includes("/") ? path.slice(0, path.lastIndexOf("/")) : path;
    if (act === "delete-file") return { do: act, source, path };
    if (act === "delete-folder") return { do: act, source, path: folder };
    const content = { size: 40 + seed, seed: 90_000 + seed };
    if (act === "replace-file") return { do: act, source, path, content };
    return { do: act, source, path: `${folder}/guest ${seed}`, content };
  });

/** The settings change between two backups. */
export const settingsArbitrary: fc.Arbitrary<Unplaced<Step>> = fc
  .record({ compareUpload: fc.boolean(), compareDelete: fc.boolean() })
  .map((settings) => () => ({ do: "settings", ...settings }));

/** Moments at which deletions are under way. */
export const deletionMomentArbitrary: fc.Arbitrary<Unplaced<Moment>> = fc.oneof(
  fc
    .tuple(
      fc.constantFrom<"deletion" | "deleted">("deletion", "deleted"),
      fc.integer({ min: 1, max: 3 }),
    )
    .map(([at, nth]) => () => ({ at, nth })),
  fc.tuple(index, fc.integer({ min: 1, max: 2 })).map(([at, nth]) => (known: Known) => ({
    at: "stat" as const,
    path: pick(known.files, at),
    nth,
  })),
);
