import * as fc from "fast-check";

import type { DiskChange } from "../../scenario/disk-change.ts";
import type { ExplorerAction } from "../../scenario/explorer-action.ts";
import type { Moment } from "../../scenario/moment.ts";
import type { ScenarioTuning } from "../../scenario/scenario-tuning.ts";
import type { Disturbance, Step, Stop } from "../../scenario/step.ts";
import {
  DELETE_FEATURES,
  deletionMomentArbitrary,
  entryActionArbitrary,
  removalArbitrary,
  settingsArbitrary,
  sourceChanges,
} from "./delete-days.ts";
import { faultsArbitrary, type FaultKind } from "./faults.ts";
import { pick, type Known, type Unplaced } from "./known.ts";
import { plainNameArbitrary, respelled } from "../names.ts";
import { restoreStepsArbitrary } from "./restore-steps.ts";
import { contentArbitrary, fileModeArbitrary, largeContentArbitrary } from "../tree.ts";

/** What can happen during and between the backups of a day. */
export const DAY_FEATURES = [
  "write",
  "new-file",
  "touch",
  "delete",
  "rename",
  "change-kind",
  "respell",
  "attributes",
  "wait",
  "restart",
  "sign-out",
  "explorer",
  "quota",
  "disturb-disk",
  "stop",
  "neighbour",
  "one-source",
  "again",
  ...DELETE_FEATURES,
  "restore",
] as const;

/** One of {@link DAY_FEATURES}. */
export type DayFeature = (typeof DAY_FEATURES)[number];

/** What days are generated for. */
interface DaysOptions {
  readonly features: readonly DayFeature[];
  readonly faultKinds: readonly FaultKind[];
  readonly faultCountMax: number;
  readonly tuning: ScenarioTuning;
  /** Whether deletions are looked at: then something is on the service first, and more goes away. */
  readonly deletes: boolean;
}

const index = fc.nat({ max: 40 });

/** Some backups with what happens in and between them. */
export function daysArbitrary(options: DaysOptions): fc.Arbitrary<Unplaced<Step[]>> {
  const { features } = options;
  const restores = restoreStepsArbitrary({
    ...options,
    hasStops: features.includes("stop"),
    isMeddled: features.includes("disturb-disk"),
    hasNeighbour: features.includes("neighbour"),
  });
  const day = fc.tuple(
    fc.array(betweenArbitrary(options), { minLength: options.deletes ? 1 : 0, maxLength: 3 }),
    backupArbitrary(options),
    fc.array(restores, { maxLength: features.includes("restore") ? 2 : 0 }),
  );
  // Most days stand alone: more scenarios find more than longer ones.
  return fc
    .oneof(
      { weight: 5, arbitrary: fc.tuple(day) },
      { weight: 2, arbitrary: fc.tuple(day, day) },
      { weight: 1, arbitrary: fc.tuple(day, day, day) },
    )
    .map((days) => (known) => [
      ...(options.deletes ? [{ do: "backup" as const }] : []),
      ...Array.from(days).flatMap(([between, backup, restored]) => [
        ...between.map((place) => place(known)),
        backup(known),
        ...restored.flatMap((place) => place(known)),
      ]),
    ]);
}

function changeArbitrary({ features, tuning }: DaysOptions): fc.Arbitrary<Unplaced<DiskChange>> {
  const content = fc.oneof(
    { weight: 3, arbitrary: contentArbitrary(tuning) },
    { weight: 1, arbitrary: largeContentArbitrary(tuning) },
  );
  const has = (feature: DayFeature): boolean => features.includes(feature);
  const kinds: fc.Arbitrary<Unplaced<DiskChange>>[] = [
    fc.tuple(index, content).map(([at, held]) => (known) => ({
      do: "write",
      path: pick(known.files, at),
      content: held,
    })),
  ];
  if (has("new-file")) {
    kinds.push(
      fc.tuple(index, plainNameArbitrary, content).map(([at, name, held]) => (known) => ({
        do: "write",
        path: `${pick(known.sources, at)}/new ${name}`,
        content: held,
      })),
    );
  }
  if (has("touch")) {
    kinds.push(index.map((at) => (known) => ({ do: "touch", path: pick(known.files, at) })));
  }
  if (has("delete")) {
    kinds.push(index.map((at) => (known) => ({ do: "delete", path: pick(known.paths, at) })));
  }
  if (has("rename")) {
    kinds.push(
      fc.tuple(index, index, fc.boolean()).map(([at, to, stays]) => (known) => {
        const path = pick(known.paths, at);
        const folder = stays ? path.slice(0, path.lastIndexOf("/")) : pick(known.sources, to);
        return { do: "rename", path, to: `${folder}/renamed ${at}` };
      }),
    );
  }
  if (has("change-kind")) kinds.push(changedKindArbitrary);
  if (has("respell")) {
    kinds.push(
      index.map((at) => (known) => {
        const path = pick(known.paths, at);
        const last = path.lastIndexOf("/") + 1;
        return { do: "rename", path, to: path.slice(0, last) + respelled(path.slice(last)) };
      }),
    );
  }
  if (has("attributes")) {
    kinds.push(
      fc
        .tuple(index, fc.constantFrom("deny", "allow", "lock", "unlock", "hide", "unhide"))
        .map(([at, act]) => (known) => ({ do: act, path: pick(known.files, at) })),
      // The folder that something is in: one of a source, a source, or one that a source is in.
      fc.tuple(index, fc.constantFrom("deny", "allow", "allow")).map(([at, act]) => (known) => {
        const path = pick(known.paths, at);
        return { do: act, path: path.slice(0, path.lastIndexOf("/")) || path };
      }),
      fc.tuple(index, fileModeArbitrary).map(([at, mode]) => (known) => ({
        do: "chmod",
        path: pick(known.paths, at),
        mode,
      })),
    );
  }
  return fc.oneof(...kinds, ...sourceChanges(features));
}

/** A file becomes a folder, a folder a file, either a link or a socket; below the sources only. */
const changedKindArbitrary: fc.Arbitrary<Unplaced<DiskChange>> = fc
  .tuple(index, fc.constantFrom("file", "folder", "folder", "symbolic-link", "socket"))
  .map(([at, to]) => ({ files, paths, sources }) => {
    const below = paths.filter((path) => !sources.includes(path));
    return { do: "change-kind", path: pick(below.length === 0 ? files : below, at), to };
  });

function betweenArbitrary(options: DaysOptions): fc.Arbitrary<Unplaced<Step>> {
  const has = (feature: DayFeature): boolean => options.features.includes(feature);
  const kinds: { weight: number; arbitrary: fc.Arbitrary<Unplaced<Step>> }[] = [
    { weight: 4, arbitrary: changeArbitrary(options) },
  ];
  if (options.deletes) kinds.push({ weight: 4, arbitrary: removalArbitrary });
  const add = (feature: DayFeature, arbitrary: fc.Arbitrary<Unplaced<Step>>): void => {
    if (has(feature)) kinds.push({ weight: 1, arbitrary });
  };
  add(
    "wait",
    fc.constantFrom(1, 1900, 60_000, 2_000_000).map((ms) => () => ({ do: "wait", ms })),
  );
  add(
    "restart",
    fc
      .constantFrom<"close-tool" | "kill" | "power-loss">("close-tool", "kill", "power-loss")
      .map((how) => () => ({ do: "restart", how })),
  );
  add(
    "sign-out",
    fc
      .constantFrom<"login" | "logout">("login", "login", "logout")
      .map((act) => () => ({ do: act })),
  );
  add(
    "again",
    index.map((at) => ({ sources }) => ({
      do: "backup",
      sources: [at % sources.length],
      again: true,
    })),
  );
  add("explorer", folderActArbitrary);
  add("compare", settingsArbitrary);
  add("explorer-entries", entryActionArbitrary);
  add(
    "quota",
    fc
      .constantFrom(0, 1, 100, 400, 2000, 9000, 50_000)
      .map((bytes) => () => ({ do: "set-free", bytes })),
  );
  add(
    "neighbour",
    fc
      .nat({ max: 500 })
      .map((size) => () => ({ do: "store-elsewhere", name: `theirs ${size}`, size })),
  );
  return fc.oneof(...kinds);
}

/** Something is done to a destination as a whole, to a folder above it, or to all that the service has. */
const folderActArbitrary: fc.Arbitrary<Unplaced<ExplorerAction>> = fc
  .tuple(
    fc.constantFrom(
      "delete-destination",
      "rename-destination",
      "make-destination",
      "make-destination",
      "save-service",
      "restore-service",
      "change-contract",
    ),
    fc.nat({ max: 1 }),
    fc.constantFrom("destination", "destination", "device", "administrator"),
  )
  .map(([act, source, level]) => () => {
    if (act === "save-service" || act === "restore-service" || act === "change-contract") {
      return { do: act };
    }
    return act === "make-destination" ? { do: act, source } : { do: act, source, level };
  });

function momentArbitrary(): fc.Arbitrary<Unplaced<Moment>> {
  const nth = fc.integer({ min: 1, max: 12 });
  return fc.oneof(
    fc.constantFrom(0, 1, 10, 1000).map((ms) => () => ({ at: "ms" as const, ms })),
    fc.tuple(fc.constantFrom("request", "commit", "row"), nth).map(([at, count]) => () => ({
      at,
      nth: count,
    })),
    fc
      .tuple(fc.constantFrom("open", "read"), index, fc.integer({ min: 1, max: 4 }))
      .map(([at, path, count]) => (known: Known) => ({
        at,
        path: pick(known.files, path),
        nth: count,
      })),
    deletionMomentArbitrary,
  );
}

const stopArbitrary: fc.Arbitrary<Stop> = fc
  .constantFrom("interrupt", "logout", "close-tool", "kill", "power-loss", "fill-state-disk")
  .map((act) => ({ do: act }));

/** A person looks at the history. */
const LOOK: fc.Arbitrary<Unplaced<Disturbance["what"]>> = fc.constant(() => ({ do: "look" }));

function backupArbitrary(options: DaysOptions): fc.Arbitrary<Unplaced<Step>> {
  const has = (feature: DayFeature): boolean => options.features.includes(feature);
  const happenings: fc.Arbitrary<Unplaced<Disturbance["what"]>>[] = [];
  if (has("disturb-disk")) happenings.push(changeArbitrary(options), LOOK);
  if (has("explorer-entries")) happenings.push(entryActionArbitrary);
  if (has("explorer")) happenings.push(folderActArbitrary);
  if (has("stop")) happenings.push(stopArbitrary.map((stop) => () => stop));
  const disturbances: fc.Arbitrary<Unplaced<Disturbance>[]> =
    happenings.length === 0
      ? fc.constant([])
      : fc.array(
          fc
            .tuple(momentArbitrary(), fc.oneof(...happenings))
            .map(([when, what]) => (known: Known): Disturbance => ({
              when: when(known),
              what: what(known),
            })),
          { maxLength: 2 },
        );
  const withNeighbour = has("neighbour") ? fc.boolean() : fc.constant(false);
  const sources = has("one-source") ? fc.option(fc.nat({ max: 2 })) : fc.constant(null);
  const faults = faultsArbitrary(options.faultKinds, options.faultCountMax);
  const confirms = fc.constantFrom(false, false, false, true);
  return fc
    .tuple(disturbances, withNeighbour, sources, faults, confirms)
    .map(([disturb, crowd, source, wrong, isConfirmed]) => (known) => ({
      do: "backup",
      ...(isConfirmed ? { confirmDeletions: true } : {}),
      ...(source === null ? {} : { sources: [source % known.sources.length] }),
      ...(crowd ? { withNeighbour: true } : { faults: wrong(known.paths) }),
      ...(disturb.length === 0 ? {} : { disturbances: disturb.map((one) => one(known)) }),
    }));
}
