import * as fc from "fast-check";

import type { ServiceAct } from "../../scenario/service-act.ts";
import { beginUploadArbitrary, servicePathArbitrary, type ActOf } from "./act-parts.ts";
import type { ActsStretch } from "./stretches.ts";

const listAll: ServiceAct = { do: "list", path: "", isRecursive: true };

/** Ways in which a file is sent. */
const WAYS = ["put", "batch", "upload", "whole-upload"] as const;

/**
 * A file that is on the service is sent again in every way, with its mode, another one or none: it gets no generation,
 * and keeps its mode where nothing is said of one.
 */
export const sentAgain: ActsStretch = fc
  .tuple(
    servicePathArbitrary,
    fc.constantFrom(...WAYS),
    fc.shuffledSubarray([...WAYS], { minLength: WAYS.length }),
    fc.shuffledSubarray([...WAYS], { minLength: WAYS.length }),
    fc.constantFrom(0, 7, 100),
  )
  .map(([path, first, bare, moded, size]): ServiceAct[] => {
    const send = (way: (typeof WAYS)[number], mode?: string): readonly ServiceAct[] => {
      const sent = {
        path,
        content: { size, seed: 5 },
        modifiedAtNs: "5",
        ...(mode !== undefined && { mode }),
      };
      switch (way) {
        case "put":
          return [{ do: "put-file", ...sent }];
        case "batch":
          return [{ do: "batch", parts: [{ kind: "file", ...sent }] }];
        case "upload":
          return [
            { do: "begin-upload", ...sent, firstBytes: 0 },
            { do: "append", upload: 0, isLast: true },
          ];
        case "whole-upload":
          return [{ do: "begin-upload", ...sent, firstBytes: 0, isWhole: true }];
      }
    };
    const look: ServiceAct = { do: "list-generations", path };
    return [
      { do: "delete-folder", path },
      { do: "delete-file", path },
      ...send(first, "0640"),
      ...bare.flatMap((way) => [...send(way), look]),
      ...moded.flatMap((way, at) => [...send(way, `060${at}`), look, ...send(way), look]),
    ];
  });

/** Appends that begin elsewhere than where an upload stands, before it and behind it, with bytes and without. */
export const misplacedAppends: ActsStretch = fc
  .tuple(
    beginUploadArbitrary(servicePathArbitrary, fc.constant(100)),
    fc.shuffledSubarray([-50, -1, 1, 20], { minLength: 4 }),
    fc.constantFrom(0, 5, 20),
  )
  .map(([begin, offsets, bytes]): ServiceAct[] => [
    { ...(begin as ActOf<"begin-upload">), firstBytes: 50, isWhole: false, isDigestTold: true },
    ...offsets.flatMap((offsetBy): ServiceAct[] => [
      { do: "append", upload: 0, bytes, offsetBy },
      { do: "append", upload: 0, isLast: true, offsetBy },
      { do: "look-at-upload", upload: 0 },
    ]),
    { do: "append", upload: 0, bytes: 10 },
    { do: "append", upload: 0, isLast: true },
    listAll,
  ]);

/**
 * A file and a folder of one name, each written to again and again, with time in between: the one that was written to
 * last is the current one, the other is not since then, however often the current one is written to.
 */
export const supersededLong: ActsStretch = fc
  .tuple(
    servicePathArbitrary,
    fc.array(fc.constantFrom("file", "folder", "below"), { minLength: 6, maxLength: 9 }),
  )
  .map(([path, whats]) => {
    const put = (at: string, seed: number): ServiceAct => ({
      do: "put-file",
      path: at,
      content: { size: 1, seed },
      modifiedAtNs: "1",
    });
    const acts = (seed: number): Readonly<Record<(typeof whats)[number], ServiceAct>> => ({
      file: put(path, seed),
      folder: { do: "make-folder", path: `${path}/in` },
      below: put(`${path}/in/file`, seed),
    });
    const twice = ["file", "file", "folder", "folder", "below", "file"] as const;
    return [...twice, ...whats].flatMap((what, at): ServiceAct[] => [
      acts(30 + at)[what],
      { do: "wait", ms: 1500 },
      listAll,
    ]);
  });
