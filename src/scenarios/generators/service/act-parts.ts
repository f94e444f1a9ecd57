import * as fc from "fast-check";

import type { Content } from "../../scenario/content.ts";
import type { ServiceAct } from "../../scenario/service-act.ts";

/** One kind of act. */
export type ActOf<Name extends ServiceAct["do"]> = Extract<ServiceAct, { do: Name }>;

/** Few names, so that they meet: some are a file's and a folder's, and they are in the order of no alphabet. */
const NAMES = ["a", "a!", "a-b", "b", "あ", "\uff21", "😀", "x y%"] as const;

/** One of few names. */
const serviceNameArbitrary: fc.Arbitrary<string> = fc.constantFrom(...NAMES);

/** At most three names; most often the first of them, so that they meet in one folder. */
export const servicePathArbitrary: fc.Arbitrary<string> = fc
  .tuple(
    weighted(
      { weight: 3, arbitrary: fc.constant("a") },
      { weight: 1, arbitrary: serviceNameArbitrary },
    ),
    mostly(serviceNameArbitrary),
    half(serviceNameArbitrary),
  )
  .map((names) => names.filter((each) => each !== undefined).join("/"));

/** Of two files, so that each has many generations. */
export const busyPathArbitrary: fc.Arbitrary<string> = fc.constantFrom("a", "b", "b");

/** Where nobody may write, or there is no such place. */
const oddPath = fc.constantFrom(
  "/セキュリティ領域",
  "/セキュリティ領域/自動バックアップ",
  "/セキュリティ領域/手動バックアップ",
  "/セキュリティ領域/手動バックアップ/a",
  "/セキュリティ領域/自動バックアップ/x/y/z/a",
  "/elsewhere/a",
  "a:b",
  ".a",
  ".a/b",
  "a/*/b",
);

/** Now and then a path at which nothing can be. */
export const anyPathArbitrary: fc.Arbitrary<string> = weighted(
  { weight: 12, arbitrary: servicePathArbitrary },
  { weight: 1, arbitrary: oddPath },
);

/** Few contents, so that several files have the same. */
const sentContentArbitrary: fc.Arbitrary<Content> = fc.record({
  size: fc.constantFrom(0, 1, 7, 100),
  seed: fc.nat({ max: 2 }),
});

/** Nanoseconds since 1970. */
const nanosecondsArbitrary: fc.Arbitrary<string> = fc.constantFrom(
  "0",
  "1",
  "-1",
  "1700000000000000000",
  "1700000000000000001",
);

/** In half of the cases nothing. (`fc.option` gives nothing ever more often, the deeper it stands.) */
export function half<T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return either(arbitrary, [true, false]);
}

/** Mostly nothing. */
export function seldom<T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return either(arbitrary, [true, false, false, false, false, false, false]);
}

/** Mostly something. */
function mostly<T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return either(arbitrary, [true, true, true, false]);
}

function either<T>(
  arbitrary: fc.Arbitrary<T>,
  whether: readonly boolean[],
): fc.Arbitrary<T | undefined> {
  return fc
    .tuple(fc.constantFrom(...whether), arbitrary)
    .map(([isThere, value]) => (isThere ? value : undefined));
}

/** One of these, each as often as its weight says. (`fc.oneof` takes the first ever more often, the deeper it stands.) */
export function weighted<T>(
  ...all: readonly { readonly weight: number; readonly arbitrary: fc.Arbitrary<T> }[]
): fc.Arbitrary<T> {
  return fc.oneof({ depthSize: "max" }, ...all);
}

/** One of these, each as often. */
export function anyOf<T>(...all: readonly fc.Arbitrary<T>[]): fc.Arbitrary<T> {
  return weighted(...all.map((arbitrary) => ({ weight: 1, arbitrary })));
}

/** Permission bits, or none. */
const modeArbitrary: fc.Arbitrary<string | undefined> = half(
  fc.constantFrom("0644", "0755", "4711"),
);

/** What a condition names. */
export const tagsArbitrary: fc.Arbitrary<"newest" | "older" | "any" | "weak"> = fc.constantFrom(
  "newest",
  "older",
  "any",
  "weak",
);

/** An act with members that are drawn; what is undefined is left out, since a scenario is plain data. */
export function actArbitrary<Name extends ServiceAct["do"]>(
  does: Name,
  members: { readonly [Key in keyof ActOf<Name>]?: fc.Arbitrary<ActOf<Name>[Key]> },
): fc.Arbitrary<ServiceAct> {
  return fc.record(members as Readonly<Record<string, fc.Arbitrary<unknown>>>).map((values) => {
    const told = Object.entries(values).filter(([, value]) => value !== undefined);
    return { do: does, ...Object.fromEntries(told) } as unknown as ServiceAct;
  });
}

const contentDigestArbitrary = seldom(fc.constantFrom<"right" | "wrong">("right", "wrong"));

/** A file is sent, mostly as it should be. */
export function putArbitrary(
  path: fc.Arbitrary<string>,
  content: fc.Arbitrary<Content> = sentContentArbitrary,
): fc.Arbitrary<ServiceAct> {
  return actArbitrary("put-file", {
    path,
    content,
    modifiedAtNs: nanosecondsArbitrary,
    mode: modeArbitrary,
    digest: seldom(fc.constantFrom<"wrong" | "none">("wrong", "none")),
    contentDigest: contentDigestArbitrary,
    ifMatch: seldom(tagsArbitrary),
    ifNoneMatch: seldom(tagsArbitrary),
  });
}

/** A file is read, whole or a part of it, of any generation. */
export function readArbitrary(path: fc.Arbitrary<string>): fc.Arbitrary<ServiceAct> {
  const first = ["0-0", "0-", "1-", "0-5", "3-5", "2-99", "-1", "-7", "-0", "-500"];
  const ranges = [...first, "7-", "99-", "100-", "5-3", "0-1,3-4"];
  return actArbitrary("read-file", {
    path,
    isHead: seldom(fc.constant(true)),
    generation: seldom(fc.integer({ min: 1, max: 8 })),
    generationBack: half(fc.nat({ max: 3 })),
    range: mostly(fc.constantFrom(...ranges)),
    ifRange: half(tagsArbitrary),
    ifMatch: seldom(tagsArbitrary),
    ifNoneMatch: seldom(tagsArbitrary),
  });
}

/** An upload begins, mostly as it should. */
export function beginUploadArbitrary(
  path: fc.Arbitrary<string>,
  size: fc.Arbitrary<number>,
): fc.Arbitrary<ServiceAct> {
  return actArbitrary("begin-upload", {
    path,
    content: fc.record({ size, seed: fc.nat({ max: 2 }) }),
    modifiedAtNs: nanosecondsArbitrary,
    mode: modeArbitrary,
    firstBytes: fc.constantFrom(0, 0, 1, 50),
    isLengthTold: half(fc.constant(true)),
    isWhole: seldom(fc.constant(true)),
    isDigestTold: half(fc.constant(true)),
    ifMatch: seldom(tagsArbitrary),
    ifNoneMatch: seldom(tagsArbitrary),
  });
}

const uploadNumber = fc.constantFrom(0, 0, 0, 1, 2);

/** More of an upload, or its end. */
export const appendArbitrary: fc.Arbitrary<ServiceAct> = actArbitrary("append", {
  upload: uploadNumber,
  bytes: half(fc.constantFrom(0, 1, 30, 99, 100)),
  offsetBy: seldom(fc.constantFrom(-1, 1)),
  isLast: half(fc.constant(true)),
  digest: half(fc.constantFrom<"right" | "wrong">("right", "right", "wrong")),
});

/** More of an upload, in the middle of which the connection breaks. */
export const cutAppendArbitrary: fc.Arbitrary<ServiceAct> = actArbitrary("append", {
  upload: uploadNumber,
  isLast: half(fc.constant(true)),
  digest: half(fc.constantFrom<"right" | "wrong">("right", "wrong")),
  cut: fc.record({ afterBytes: fc.constantFrom(0, 1, 20, 40), asksFirst: fc.boolean() }),
});

/** Where an upload stands, or its end. */
export const uploadAskedArbitrary: fc.Arbitrary<ServiceAct> = weighted(
  { weight: 3, arbitrary: actArbitrary("look-at-upload", { upload: uploadNumber }) },
  { weight: 1, arbitrary: actArbitrary("cancel-upload", { upload: uploadNumber }) },
);

/** A folder is listed, whole or its first pages. */
export function listArbitrary(path: fc.Arbitrary<string>): fc.Arbitrary<ServiceAct> {
  return actArbitrary("list", {
    path,
    isRecursive: half(fc.constant(true)),
    limit: half(fc.integer({ min: 1, max: 4 })),
    isStream: seldom(fc.constant(true)),
    pageCount: half(fc.integer({ min: 1, max: 3 })),
  });
}

/** One part of a batch. */
const batchPart = weighted<ActOf<"batch">["parts"][number]>(
  {
    weight: 3,
    arbitrary: fc
      .record({
        path: anyPathArbitrary,
        content: sentContentArbitrary,
        modifiedAtNs: nanosecondsArbitrary,
        mode: modeArbitrary,
        digest: seldom(fc.constant("wrong" as const)),
      })
      .map(({ mode, digest, ...rest }) => ({
        kind: "file" as const,
        ...rest,
        ...(mode !== undefined && { mode }),
        ...(digest !== undefined && { digest }),
      })),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant("folder" as const), path: anyPathArbitrary }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("file-attributes" as const),
      path: servicePathArbitrary,
      mode: fc.constantFrom("0600", "0644"),
    }),
  },
  {
    weight: 1,
    arbitrary: fc
      .record({
        path: servicePathArbitrary,
        modifiedAtNs: nanosecondsArbitrary,
        mode: modeArbitrary,
      })
      .map(({ mode, ...rest }) => ({
        kind: "folder-attributes" as const,
        ...rest,
        ...(mode !== undefined && { mode }),
      })),
  },
);

/** Some parts at once, into a folder that is named or into any. */
export function batchArbitrary(place: fc.Arbitrary<string | undefined>): fc.Arbitrary<ServiceAct> {
  return actArbitrary("batch", {
    parts: fc.array(batchPart, { minLength: 2, maxLength: 5 }),
    place,
  });
}
