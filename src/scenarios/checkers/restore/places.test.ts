import * as fc from "fast-check";
import { expect, test } from "vitest";

import { Places } from "./places.ts";
import { isPlaceOf } from "./target-names.ts";

const name = fc.constantFrom(
  "a",
  "A",
  "a (2)",
  "a (2) (3)",
  "a (1)",
  "b.txt",
  "b (2).txt",
  "b (2) (4).txt",
  ".b (2)",
  "é",
  "e\u0301",
);
const path = fc.array(name, { minLength: 1, maxLength: 2 }).map((names) => names.join("/"));
const disk = fc.constantFrom("linux", "windows", "macos");

test("finds what a look at each entry finds, in its order", () => {
  fc.assert(
    fc.property(disk, fc.uniqueArray(path, { maxLength: 12 }), path, (kind, paths, asked) => {
      const run = { disk: kind };
      const places = new Places(
        run,
        paths.map((each) => [each, null] as const),
      );
      const standing = places.standingFor(asked).map(([each]) => each);
      const wanted = places.wantedAt(asked).map(([each]) => each);
      expect(standing).toEqual(paths.filter((each) => isPlaceOf(run, each, asked)));
      expect(wanted).toEqual(paths.filter((each) => isPlaceOf(run, asked, each)));
    }),
    { numRuns: 2000 },
  );
});
