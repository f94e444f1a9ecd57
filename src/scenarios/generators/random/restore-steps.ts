import * as fc from "fast-check";

import type { DiskChange } from "../../scenario/disk-change.ts";
import type { RunFaults } from "../../scenario/run-faults.ts";
import type { ScenarioTuning } from "../../scenario/scenario-tuning.ts";
import type { Disturbance, RestoreStep, Step, Stop } from "../../scenario/step.ts";
import { HOSTILE_ENTRIES } from "../../../sim-server/faults/storage-fault.ts";
import type { Unplaced } from "./known.ts";
import { restoreMomentArbitrary } from "../restore-moment.ts";
import { faultsArbitrary, type FaultKind } from "./faults.ts";
import { contentArbitrary } from "../tree.ts";

/** What restores of a random day are generated for. */
interface RestoreStepOptions {
  readonly faultKinds: readonly FaultKind[];
  readonly faultCountMax: number;
  readonly tuning: ScenarioTuning;
  /** Whether something ends restores before their time. */
  readonly hasStops: boolean;
  /** Whether people change what stands where restores go. */
  readonly isMeddled: boolean;
  readonly hasNeighbour: boolean;
}

/** Where random restores go: a folder that fills up, and another. */
const TARGETS = ["/restored", "/restored to/ここ"] as const;

const index = fc.nat({ max: 40 });

/** What a person says who is asked. */
const answersArbitrary = fc.array(
  fc.record({
    choice: fc.constantFrom<"overwrite" | "keep-both" | "skip">("overwrite", "keep-both", "skip"),
    forAll: fc.constantFrom(false, false, true),
  }),
  { minLength: 1, maxLength: 4 },
);

/** A restore, and what people did before it in the folder it goes to. */
export function restoreStepsArbitrary(options: RestoreStepOptions): fc.Arbitrary<Unplaced<Step[]>> {
  const { isMeddled, hasStops, hasNeighbour } = options;
  const content = contentArbitrary(options.tuning);
  return fc
    .record({
      to: fc.constantFrom(...TARGETS, TARGETS[0]),
      at: index,
      what: fc.constantFrom("all", "all", "all", "file", "generation", "folder"),
      generation: fc.integer({ min: 1, max: 3 }),
      onConflict: fc.constantFrom(undefined, "overwrite", "keep-both", "skip"),
      answers: fc.option(answersArbitrary, { freq: 3, nil: undefined }),
      makeTarget: fc.constantFrom(true, true, true, true, true, false),
      before: fc.array(fc.tuple(index, content, index), { maxLength: isMeddled ? 3 : 0 }),
      happenings: fc.array(fc.tuple(restoreMomentArbitrary, index, content, index), {
        maxLength: 2,
      }),
      stop: fc.tuple(
        restoreMomentArbitrary,
        fc.constantFrom<Stop["do"]>(
          "interrupt",
          "logout",
          "close-tool",
          "kill",
          "power-loss",
          "fill-state-disk",
        ),
      ),
      isStopped: hasStops ? fc.boolean() : fc.constant(false),
      isDoneAgain: fc.constantFrom(false, false, true),
      crowd: hasNeighbour ? fc.boolean() : fc.constant(false),
      faults: restoreFaultsArbitrary(options),
    })
    .map((drawn) => (known) => {
      const { to, at, what, before, happenings, makeTarget, onConflict, generation } = drawn;
      const answers = onConflict === undefined ? drawn.answers : undefined;
      const source = at % known.sources.length;
      const root = known.sources[source] ?? "/data";
      const inSource = (paths: readonly string[]): string[] =>
        paths.flatMap((path) => (path.startsWith(`${root}/`) ? [path.slice(root.length + 1)] : []));
      const files = inSource(known.files);
      const file = files[at % Math.max(1, files.length)];
      const folder = file?.includes("/") ? file.slice(0, file.lastIndexOf("/")) : undefined;
      const places = ["", ...inSource(known.paths)].map((path) =>
        path === "" ? to : `${to}/${path}`,
      );
      const disturbances: Disturbance[] = [
        ...(isMeddled
          ? happenings.map(([when, path, held, act]): Disturbance => ({
              when,
              what: meddling(places[path % places.length] ?? to, act, held),
            }))
          : []),
        ...(drawn.isStopped ? [{ when: drawn.stop[0], what: { do: drawn.stop[1] } }] : []),
      ];
      const faults = drawn.crowd ? {} : drawn.faults(places);
      const step: RestoreStep = {
        do: "restore",
        from: fromOf(source, what, file, folder),
        to,
        ...(makeTarget ? {} : { makeTarget }),
        ...(onConflict === undefined ? {} : { onConflict }),
        ...(answers === undefined ? {} : { answers }),
        ...(what === "generation" && file !== undefined ? { generation } : {}),
        ...(drawn.crowd ? { withNeighbour: true } : {}),
        ...(disturbances.length === 0 ? {} : { disturbances }),
        ...(Object.keys(faults).length === 0 ? {} : { faults }),
      };
      const changes = before.map(([path, held, act]): Step =>
        meddling(places[path % places.length] ?? to, act, held),
      );
      const { disturbances: _, faults: _none, withNeighbour: _nobody, ...same } = step;
      return [...changes, step, ...(drawn.isDoneAgain ? [{ ...same, again: true }] : [])];
    });
}

function fromOf(
  source: number,
  what: string,
  file: string | undefined,
  folder: string | undefined,
): RestoreStep["from"] {
  if (file === undefined || what === "all") return { source };
  if (what === "folder") return folder === undefined ? { source } : { source, path: folder };
  return { source, path: file, entryKind: "file" };
}

/** What somebody does at a path where restores go. */
function meddling(path: string, act: number, content: { size: number; seed: number }): DiskChange {
  const all: readonly DiskChange[] = [
    { do: "write", path, content },
    { do: "write", path, content },
    { do: "make-folder", path },
    { do: "make-link", path, to: "/data" },
    { do: "delete", path },
    // No longer than it was: many a name is as long as the disk can hold.
    { do: "rename", path, to: `${path.slice(0, path.lastIndexOf("/"))}/moved` },
    { do: "deny", path },
    { do: "make-read-only", path },
    { do: "allow", path },
    { do: "lock", path },
    { do: "unlock", path },
    { do: "touch", path },
  ];
  return all[act % all.length] ?? { do: "touch", path };
}

/** Faults of the days' kinds, and those that only restores meet. */
function restoreFaultsArbitrary({
  faultKinds,
  faultCountMax,
}: RestoreStepOptions): fc.Arbitrary<(places: readonly string[]) => RunFaults> {
  if (faultCountMax === 0) return fc.constant(() => ({}));
  const kinds = faultKinds.filter((kind) => kind !== "disk" && kind !== "memory");
  const shared = faultsArbitrary(kinds, faultCountMax);
  const own: fc.Arbitrary<RunFaults>[] = [fc.constant({})];
  if (faultKinds.includes("memory")) {
    own.push(
      fc.integer({ min: 1, max: 3 }).map((nth) => ({ memory: { activity: "restore", nth } })),
    );
  }
  if (faultKinds.includes("cut")) {
    own.push(
      fc
        .tuple(
          fc.constantFrom<"reset-response" | "truncate-response">(
            "reset-response",
            "truncate-response",
          ),
          fc.integer({ min: 1, max: 6 }),
          fc.integer({ min: 1, max: 3 }),
          fc.integer({ min: 0, max: 5000 }),
        )
        .map(([kind, nth, times, afterBytes]) => ({
          storage: [{ kind, operation: "getFile", nth, times, afterBytes }],
        })),
    );
  }
  if (faultKinds.includes("damage")) {
    own.push(
      fc.subarray([...HOSTILE_ENTRIES], { minLength: 1 }).map((entries) => ({
        storage: [{ kind: "hostile-listing", operation: "getFolder", entries, times: "forever" }],
      })),
    );
  }
  const onDisk = fc.record({
    at: index,
    below: fc.boolean(),
    operation: fc.constantFrom(
      "open",
      "write",
      "sync",
      "rename",
      "link",
      "utimes",
      "mkdir",
      "stat",
      "unlink",
      "list",
    ),
    kind: fc.constantFrom("io-error", "access-denied", "no-space", "busy", "not-found"),
    nth: fc.integer({ min: 1, max: 4 }),
    times: fc.constantFrom<number | "forever">(1, 2, "forever"),
  });
  type Placed = (places: readonly string[]) => RunFaults;
  const nothing: fc.Arbitrary<Placed> = fc.constant(() => ({}));
  const full: fc.Arbitrary<Placed> = fc
    .constantFrom(0, 50, 400, 5000)
    .map((freeBytes) => () => ({ freeBytes }));
  const refused: fc.Arbitrary<Placed> = onDisk.map(({ at, ...rest }) => (places) => ({
    disk: [{ path: places[at % places.length] ?? "/", ...rest }],
  }));
  const disk = faultKinds.includes("disk") ? fc.oneof(full, refused) : nothing;
  return fc.tuple(shared, fc.oneof(...own), disk).map(([common, mine, ofDisk]) => (places) => {
    const found = common([]);
    const storage = [...(found.storage ?? []), ...(mine.storage ?? [])];
    return {
      ...found,
      ...mine,
      ...ofDisk(places),
      ...(storage.length === 0 ? {} : { storage }),
    };
  });
}
