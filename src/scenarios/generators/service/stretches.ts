import * as fc from "fast-check";

import type { ServiceAct } from "../../scenario/service-act.ts";
import {
  anyOf,
  beginUploadArbitrary,
  busyPathArbitrary,
  listArbitrary,
  putArbitrary,
  readArbitrary,
  servicePathArbitrary,
  type ActOf,
} from "./act-parts.ts";

/** What is done in one go, since it comes to something only in that order. */
export type ActsStretch = fc.Arbitrary<ServiceAct[]>;

/** How the connection breaks in the middle of an append. */
const CUTS = (["none", "right", "wrong"] as const).flatMap((digest) =>
  [false, true].map((asksFirst) => ({ digest, asksFirst })),
);

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** A file with some generations, read from all sides: each of them, whole and in part, under each condition. */
export const manyGenerations: ActsStretch = busyPathArbitrary.chain((path) =>
  fc
    .tuple(
      fc.array(putArbitrary(fc.constant(path)), { minLength: 2, maxLength: 5 }),
      fc.array(readArbitrary(fc.constant(path)), { minLength: 4, maxLength: 8 }),
    )
    .map(([puts, reads]): ServiceAct[] => [
      ...puts.map((put, at): ServiceAct => ({
        ...(put as ActOf<"put-file">),
        content: { size: 7 + at, seed: at % 3 },
      })),
      { do: "list-generations", path },
      ...reads,
      // A part of each generation behind a tag of it, and behind that of another one.
      ...[0, 1, 2].flatMap((back): ServiceAct[] =>
        (["newest", "older"] as const).map((ifRange) => ({
          do: "read-file",
          path,
          generationBack: back,
          range: "2-5",
          ifRange,
        })),
      ),
    ]),
);

/** Free bytes of a contract, and how many more or fewer come then. */
const TIGHT = [0, 1, 100].flatMap((free) => [-1, 0, 1].map((more) => ({ free, more })));

/** Makes the contract just large enough, or one byte more or less, for what comes then, in any of the ways. */
export const tight: ActsStretch = fc
  .tuple(
    fc.shuffledSubarray(TIGHT, { minLength: 4, maxLength: 4 }),
    fc.array(
      fc.record({
        path: anyOf(busyPathArbitrary, servicePathArbitrary),
        how: fc.constantFrom("put", "put", "batch", "upload"),
        isLengthTold: fc.boolean(),
      }),
      { minLength: 6, maxLength: 6 },
    ),
    fc.nat({ max: 9 }),
  )
  .map(([drawn, ways, seed]) =>
    // A file that just fits, and an empty one in a full contract, are always among them.
    [{ free: 0, more: 0 }, { free: 100, more: 0 }, ...drawn].flatMap(
      ({ free, more }, at): ServiceAct[] => {
        const { path, how, isLengthTold } = ways[at] ?? { path: "a", how: "put" };
        const size = Math.max(0, free + more);
        const sent = { path, content: { size, seed: seed * 9 + at }, modifiedAtNs: String(at) };
        const ends: Readonly<Record<string, readonly ServiceAct[]>> = {
          put: [{ do: "put-file", ...sent }],
          batch: [{ do: "batch", parts: [{ kind: "file", ...sent }] }],
          upload: [
            { do: "begin-upload", ...sent, firstBytes: 0, isLengthTold: isLengthTold === true },
            { do: "append", upload: 0, isLast: true },
          ],
        };
        return [{ do: "set-free", bytes: free }, ...(ends[how] ?? []), { do: "usage" }];
      },
    ),
  );

/** A file with all its generations in a contract that is full: what falls out makes the room for what comes. */
export const fullOfGenerations: ActsStretch = fc
  .record({
    path: servicePathArbitrary,
    sizes: fc.tuple(fc.integer({ min: 2, max: 9 }), fc.integer({ min: 1, max: 9 })),
    free: fc.constantFrom(0, 0, 3),
    seed: fc.nat({ max: 99 }),
  })
  .map(({ path, sizes: [oldest, other], free, seed }): ServiceAct[] => {
    const put = (size: number, at: number): ServiceAct => ({
      do: "put-file",
      path,
      content: { size: Math.max(0, size), seed: seed * 9 + at },
      modifiedAtNs: String(at),
    });
    return [
      { do: "delete-file", path },
      put(oldest, 0),
      put(other, 1),
      put(other + 1, 2),
      { do: "set-free", bytes: free },
      put(oldest + free + 1, 3),
      { do: "usage" },
      put(oldest + free, 4),
      { do: "usage" },
      put(other - 1, 5),
      { do: "usage" },
      { do: "delete-file", path },
      { do: "usage" },
    ];
  });

/** An upload that is cut off in every way: with a digest of the part and without, asked about before and only then. */
export const resumed: ActsStretch = fc
  .tuple(
    beginUploadArbitrary(servicePathArbitrary, fc.constant(200)),
    fc.shuffledSubarray(CUTS, { minLength: CUTS.length, maxLength: CUTS.length }),
    fc.array(fc.integer({ min: 1, max: 20 }), {
      minLength: CUTS.length,
      maxLength: CUTS.length,
    }),
    fc.boolean(),
  )
  .map(([begin, cuts, sizes, isLast]): ServiceAct[] => [
    {
      ...(begin as ActOf<"begin-upload">),
      isWhole: false,
      ...(!isLast && { isLengthTold: true }),
    },
    ...cuts.map(({ digest, asksFirst }, at): ServiceAct => ({
      do: "append",
      upload: 0,
      digest,
      cut: { asksFirst, afterBytes: sizes[at] ?? 0 },
      isLast: isLast && digest !== "wrong",
    })),
    { do: "append", upload: 0, bytes: 7, digest: "wrong" },
    { do: "append", upload: 0, bytes: 7, digest: "right" },
    { do: "append", upload: 0, isLast: true },
    { do: "look-at-upload", upload: 0 },
  ]);

/** An upload that nobody touches for nearly as long as it lives, twice, and then a little longer. */
export const abandoned: ActsStretch = fc
  .tuple(
    beginUploadArbitrary(servicePathArbitrary, fc.constant(100)),
    fc.constantFrom(2, 5, 40),
    fc.constantFrom(1, 3),
  )
  .map(([begin, early, late]): ServiceAct[] => [
    { ...(begin as ActOf<"begin-upload">), isWhole: false },
    { do: "wait", ms: early * HOUR_MS },
    { do: "look-at-upload", upload: 0 },
    { do: "wait", ms: (71 - early) * HOUR_MS },
    { do: "append", upload: 0, bytes: 10 },
    { do: "wait", ms: 71 * HOUR_MS },
    { do: "look-at-upload", upload: 0 },
    { do: "wait", ms: late * HOUR_MS },
    { do: "look-at-upload", upload: 0 },
    { do: "append", upload: 0, isLast: true },
  ]);

/**
 * Wrong passwords up to an image, one fewer and more, each with a login at its end, in time or late, in capital or
 * small letters; and then as many again as may be without one.
 */
export const guessed: ActsStretch = fc
  .tuple(
    fc.shuffledSubarray([1, 2, 3, 3, 4, 5], { minLength: 6, maxLength: 6 }),
    fc.shuffledSubarray([0, 0, 4, 4, 6, 6], { minLength: 6, maxLength: 6 }),
    fc.boolean(),
  )
  .map(([counts, minutes, isSmallFirst]) =>
    counts.flatMap((count, at): ServiceAct[] => {
      const isSmall = isSmallFirst === (at % 2 === 0);
      const letIn = {
        do: "log-in",
        password: "right",
        captcha: isSmall ? "small" : "right",
      } as const;
      return [
        ...wrongPasswords(count),
        { do: "wait", ms: (minutes[at] ?? 0) * MINUTE_MS },
        // Who was not shown an image before is shown one now.
        letIn,
        letIn,
        { do: "usage" },
        // Of those before a login nothing is left.
        ...wrongPasswords(2),
        { do: "log-in", password: "right", captcha: "none" },
        { do: "usage" },
      ];
    }),
  );

function wrongPasswords(count: number): ServiceAct[] {
  const one: ServiceAct = { do: "log-in", password: "wrong", captcha: "none" };
  return Array.from({ length: count }, () => one);
}

/** A session that is used so often that it ends by its age alone. */
export const longSession: ActsStretch = fc.constantFrom(23, 24, 25).map((count) =>
  Array.from({ length: count }, (): ServiceAct[] => [
    { do: "usage" },
    { do: "wait", ms: 30 * MINUTE_MS - 1000 },
  ])
    .flat()
    .concat({ do: "usage" }),
);

/** A folder of some entries is listed to its middle, something in it changes, and the rest is listed. */
export const listedMeanwhile: ActsStretch = fc
  .tuple(
    fc.uniqueArray(fc.constantFrom("a", "a!", "a-b", "b", "b/b", "あ", "\uff21", "😀/a", "😀"), {
      minLength: 3,
      maxLength: 7,
    }),
    fc.integer({ min: 1, max: 3 }),
    fc.boolean(),
    fc.nat({ max: 9 }),
    fc.shuffledSubarray(["rename", "delete", "replace", "add", "delete-and-add"] as const, {
      minLength: 3,
      maxLength: 3,
    }),
  )
  .map(([names, limit, isRecursive, at, whats]): ServiceAct[] => {
    const chosen = `list/${names[at % names.length] ?? "a"}`;
    const put = (path: string, seed: number): ServiceAct => ({
      do: "put-file",
      path,
      content: { size: 7, seed },
      modifiedAtNs: "1",
    });
    const gone: ServiceAct = { do: "delete-file", path: chosen };
    const changes: Readonly<Record<(typeof whats)[number], readonly ServiceAct[]>> = {
      rename: [{ do: "move", kind: "file", from: chosen, to: `${chosen}-` }],
      delete: [gone],
      replace: [put(chosen, 1)],
      add: [put(`${chosen}+`, 2)],
      "delete-and-add": [gone, put(chosen, 2)],
    };
    const list = { do: "list", path: "list", isRecursive } as const;
    return [
      { do: "delete-folder", path: "list" },
      ...names.map((name) => put(`list/${name}`, 0)),
      list,
      ...whats.flatMap((what): ServiceAct[] => [
        { ...list, limit, pageCount: 1 },
        ...changes[what],
        { do: "list-on" },
        list,
      ]),
      { ...list, limit: 1 },
    ];
  });

const NAMESAKE_CHANGES = [
  "delete-file",
  "delete-folder",
  "move-file",
  "move-folder",
  "put-below",
  "put",
  "put-again",
] as const;

/** A file and a folder of one name, again and again; each time one of them goes, moves, or is written to. */
export const namesakes: ActsStretch = fc
  .tuple(
    servicePathArbitrary,
    fc.boolean(),
    fc.shuffledSubarray([...NAMESAKE_CHANGES], {
      minLength: NAMESAKE_CHANGES.length,
      maxLength: NAMESAKE_CHANGES.length,
    }),
  )
  .map(([path, isFileFirst, changes]): ServiceAct[] => {
    const put = (at: string, seed: number): ServiceAct => ({
      do: "put-file",
      path: at,
      content: { size: 1, seed },
      modifiedAtNs: "1",
    });
    const make: ServiceAct = { do: "make-folder", path: `${path}/in` };
    const list: ServiceAct = { do: "list", path: "", isRecursive: true };
    const acts = (at: number): Readonly<Record<(typeof changes)[number], ServiceAct>> => ({
      "delete-file": { do: "delete-file", path },
      "delete-folder": { do: "delete-folder", path },
      "move-file": { do: "move", kind: "file", from: path, to: `${path}~` },
      "move-folder": { do: "move", kind: "folder", from: path, to: `${path}~` },
      "put-below": put(`${path}/in/file`, at),
      put: put(path, 20 + at),
      // The bytes and the time that it has: no generation more, but the newer one of the two from now on.
      "put-again": put(path, 10 + at),
    });
    const both = (at: number): readonly ServiceAct[] =>
      isFileFirst ? [put(path, 10 + at), make] : [make, put(path, 10 + at)];
    return changes.flatMap((change, at) => [...both(at), list, acts(at)[change], list]);
  });

/** Folders that hold a folder, a file or nothing, which are deleted as long as they are empty. */
export const emptied: ActsStretch = servicePathArbitrary.map((path): ServiceAct[] => {
  const only = (at: string): ServiceAct => ({ do: "delete-folder", path: at, onlyIfEmpty: true });
  return [
    { do: "make-folder", path: `${path}/in/in` },
    only(path),
    only(`${path}/in`),
    only(`${path}/in/in`),
    {
      do: "put-file",
      path: `${path}/in/file`,
      content: { size: 1, seed: 1 },
      modifiedAtNs: "1",
    },
    only(`${path}/in`),
    { do: "delete-file", path: `${path}/in/file` },
    only(`${path}/in`),
    only(path),
    { do: "list", path: "", isRecursive: true },
  ];
});

/** Several files of one content, of which some go. */
export const sharedContent: ActsStretch = fc
  .tuple(
    fc.uniqueArray(fc.constantFrom("a", "b", "c", "d/e"), { minLength: 2, maxLength: 4 }),
    fc.nat({ max: 3 }),
  )
  .map(([names, seed]): ServiceAct[] => [
    ...names.map((name): ServiceAct => ({
      do: "put-file",
      path: `same/${name}`,
      content: { size: 50, seed },
      modifiedAtNs: "1",
    })),
    { do: "delete-file", path: `same/${names[0] ?? ""}` },
    ...names.map((name): ServiceAct => ({ do: "read-file", path: `same/${name}` })),
  ]);

/** A folder listed in every way. */
export const listed: ActsStretch = fc.array(
  listArbitrary(anyOf(fc.constant(""), fc.constant("a"), servicePathArbitrary)),
  { minLength: 2, maxLength: 4 },
);
