import * as fc from "fast-check";

import type { ServiceAct } from "../../scenario/service-act.ts";
import {
  actArbitrary,
  anyOf,
  anyPathArbitrary,
  appendArbitrary,
  batchArbitrary,
  beginUploadArbitrary,
  busyPathArbitrary,
  cutAppendArbitrary,
  half,
  listArbitrary,
  putArbitrary,
  readArbitrary,
  seldom,
  servicePathArbitrary,
  tagsArbitrary,
  uploadAskedArbitrary,
  weighted,
  type ActOf,
} from "./act-parts.ts";
import { sessionEnds, spentImages } from "./login-stretches.ts";
import { misplacedAppends, sentAgain, supersededLong } from "./repeated-stretches.ts";
import {
  abandoned,
  emptied,
  fullOfGenerations,
  guessed,
  listed,
  listedMeanwhile,
  longSession,
  manyGenerations,
  namesakes,
  resumed,
  sharedContent,
  tight,
  type ActsStretch,
} from "./stretches.ts";
import { toldDigests } from "./told-digests.ts";

/** What a customer's own program can be busy with. */
export const SERVICE_THEMES = [
  "names",
  "generations",
  "capacity",
  "uploads",
  "logins",
  "places",
  "batches",
] as const;

/** One of {@link SERVICE_THEMES}. */
export type ServiceTheme = (typeof SERVICE_THEMES)[number];

const MINUTE_MS = 60_000;

const makeFolder = actArbitrary("make-folder", { path: anyPathArbitrary });
const deleteFile = actArbitrary("delete-file", {
  path: servicePathArbitrary,
  ifMatch: seldom(tagsArbitrary),
});
const deleteFolder = actArbitrary("delete-folder", {
  path: anyPathArbitrary,
  onlyIfEmpty: half(fc.constant(true)),
});
const move = actArbitrary("move", {
  kind: fc.constantFrom<"file" | "folder">("file", "folder"),
  from: servicePathArbitrary,
  to: anyPathArbitrary,
});
const list = listArbitrary(anyOf(fc.constant(""), fc.constant("a"), anyPathArbitrary));
const listOn = fc.constant<ServiceAct>({ do: "list-on" });
const usage = fc.constant<ServiceAct>({ do: "usage" });
const lookAtAll = fc.constant<ServiceAct>({ do: "look-at-all" });

const waitOf = (...ms: readonly number[]): fc.Arbitrary<ServiceAct> =>
  actArbitrary("wait", { ms: fc.constantFrom(...ms) });

const logIn = actArbitrary("log-in", {
  password: fc.constantFrom<"right" | "wrong">("right", "wrong", "wrong", "wrong"),
  captcha: fc.constantFrom<ActOf<"log-in">["captcha"]>(
    "none",
    "right",
    "small",
    "wrong",
    "earlier",
  ),
});

const letIn = actArbitrary("log-in", {
  password: fc.constant<"right">("right"),
  captcha: fc.constantFrom<ActOf<"log-in">["captcha"]>("right", "small"),
});

/** Folders that are named by their tags. */
const placed = fc.constantFrom("", "a", "a/b");

function within(acts: fc.Arbitrary<ServiceAct>): fc.Arbitrary<ServiceAct> {
  return fc
    .tuple(acts, placed)
    .map(([act, place]): ServiceAct => ({ ...(act as ActOf<"put-file">), place }));
}

const inPlaces = anyOf(
  placed.map((path): ServiceAct => ({ do: "look-at-folder", path })),
  actArbitrary("look-at-folder", { path: placed, place: placed }),
  actArbitrary("make-folder", { path: placed }),
  actArbitrary("make-folder", { path: servicePathArbitrary, place: placed }),
  actArbitrary("delete-folder", { path: placed, place: half(placed) }),
  actArbitrary("delete-file", { path: servicePathArbitrary, place: placed }),
  within(putArbitrary(servicePathArbitrary)),
  within(readArbitrary(servicePathArbitrary)),
  within(beginUploadArbitrary(servicePathArbitrary, fc.constant(7))),
  fc.constant<ServiceAct>({ do: "append", upload: 0, isLast: true }),
  batchArbitrary(placed),
  fc.constantFrom<ServiceAct>(
    { do: "move", kind: "folder", from: "a", to: "b" },
    { do: "move", kind: "folder", from: "b", to: "a" },
    { do: "move", kind: "folder", from: "a/b", to: "b" },
  ),
);

function some(acts: fc.Arbitrary<ServiceAct>, maxLength: number): ActsStretch {
  return fc.array(acts, { minLength: Math.ceil(maxLength / 2), maxLength });
}

/** Of each theme what is drawn at random, and what comes to something only in its order. */
const STRETCHES: Readonly<Record<ServiceTheme, readonly ActsStretch[]>> = {
  names: [
    some(
      anyOf(
        putArbitrary(anyPathArbitrary),
        makeFolder,
        deleteFile,
        deleteFolder,
        move,
        list,
        listOn,
      ),
      10,
    ),
    listedMeanwhile,
    namesakes,
    supersededLong,
    emptied,
    sharedContent,
    listed,
  ],
  generations: [
    some(
      weighted(
        { weight: 4, arbitrary: putArbitrary(busyPathArbitrary) },
        { weight: 4, arbitrary: readArbitrary(busyPathArbitrary) },
        { weight: 1, arbitrary: deleteFile },
        { weight: 1, arbitrary: move },
      ),
      10,
    ),
    manyGenerations,
    sentAgain,
    sharedContent,
  ],
  capacity: [
    tight,
    fullOfGenerations,
    some(anyOf(putArbitrary(busyPathArbitrary), deleteFile, deleteFolder, usage), 4),
  ],
  uploads: [
    resumed,
    abandoned,
    misplacedAppends,
    some(
      anyOf(
        beginUploadArbitrary(anyPathArbitrary, fc.constantFrom(0, 1, 100)),
        appendArbitrary,
        appendArbitrary,
        cutAppendArbitrary,
        uploadAskedArbitrary,
        deleteFolder,
        waitOf(60 * MINUTE_MS),
      ),
      8,
    ),
  ],
  logins: [
    guessed,
    sessionEnds,
    spentImages,
    some(
      anyOf(
        logIn,
        letIn,
        usage,
        waitOf(4 * MINUTE_MS, 5 * MINUTE_MS, 29 * MINUTE_MS, 30 * MINUTE_MS, 31 * MINUTE_MS),
        fc.constant<ServiceAct>({ do: "log-out" }),
      ),
      8,
    ),
    longSession,
  ],
  places: [some(inPlaces, 10)],
  batches: [
    toldDigests,
    some(batchArbitrary(fc.constant(undefined)), 4),
    some(anyOf(list, deleteFolder, putArbitrary(servicePathArbitrary)), 4),
  ],
};

/**
 * What a program does that is busy with some themes: some stretches in any order, with one theme each of them at least
 * once; it looks at everything in between and at the end.
 */
export function serviceActsArbitrary(
  themes: readonly ServiceTheme[],
  stretchCountMax: number,
): fc.Arbitrary<ServiceAct[]> {
  const all = themes.flatMap((theme) => STRETCHES[theme]);
  const each = fc
    .shuffledSubarray([...all], {
      minLength: Math.min(all.length, stretchCountMax),
      maxLength: Math.min(all.length, stretchCountMax),
    })
    .chain((stretches) => fc.tuple(...stretches));
  const more = fc.array(anyOf(...all), { maxLength: 2 });
  return fc
    .tuple(each, more, lookAtAll, fc.nat({ max: 9 }))
    .map(([drawn, others, look, at]) =>
      [...drawn, ...others]
        .flatMap((acts, index) => (index === at ? [...acts, look] : acts))
        .concat(look),
    );
}
