import { expect, test } from "vitest";

import { RestoreBench, TO } from "../../testing/restore-bench.ts";

const STORED = { "d/one": "1", "d/two": "2", "d/e/three": "3" };

/** What happens to `d` at the moment of a call to the disk: a link to elsewhere takes its place. */
async function swapAt(
  operation: string,
  name: string,
): Promise<{ readonly bench: RestoreBench; readonly seenElsewhere: readonly string[] }> {
  const bench = new RestoreBench({ stored: STORED, tuning: { parallelDownloadCount: 1 } });
  const { disk } = bench;
  disk.mkdir("/elsewhere/e");
  const seenElsewhere: string[] = [];
  let isSwapped = false;
  disk.onCall = (called, path) => {
    if (isSwapped) seenElsewhere.push(...Object.keys(disk.tree("/elsewhere")));
    if (isSwapped || called !== operation || !path.includes(name)) return;
    isSwapped = true;
    disk.rename(`${TO}/d`, "/moved away");
    disk.makeSpecial(`${TO}/d`, "symbolic-link", "/elsewhere");
  };
  await bench.run();
  if (!isSwapped) throw new Error("the moment never came");
  seenElsewhere.push(...Object.keys(disk.tree("/elsewhere")));
  return { bench, seenElsewhere };
}

test.each([
  ["open", "/d"],
  ["open", "/d/.azukeru-"],
  ["write", "/d/.azukeru-"],
  ["sync", "/d/.azukeru-"],
  ["link", "/d/one"],
  ["mkdir", "/d/e"],
  ["unlink", "/d/.azukeru-"],
] as const)(
  "nothing is ever made through a link that comes right before %s of %s",
  async (operation, name) => {
    const { bench, seenElsewhere } = await swapAt(operation, name);

    expect(new Set(seenElsewhere)).toEqual(new Set(["e"]));
    expect(bench.temporaryPaths()).toEqual([]);
    expect(bench.disk.kindAt(`${TO}/d`)).toBe("symbolic-link");
  },
);
