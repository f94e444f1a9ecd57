import { describe, expect, test } from "vitest";

import { SpokenError } from "../../messages/spoken-error.ts";
import { mergeShards } from "./merge-shards.ts";
import { SeriesHash } from "./series-hash.ts";
import { isInShard } from "./shard.ts";

const FILES = 2;
const RUNS = 7;

/** What part `index` of `count` printed, with what the test changes about its lines. */
function part(index: number, count: number, change: (line: object) => object = (line) => line) {
  const places = Array.from({ length: FILES + RUNS }, (_, place) => place);
  const runs = places.filter((place) => isInShard({ index, count }, place)).map(runLine);
  const summary = {
    kind: "summary",
    verdict: "good",
    seed: 5,
    only: "delete",
    planned: { generated: RUNS, files: FILES, slice: 0 },
    shard: { index, count },
    runs: runs.length,
    isCutShort: false,
    hash: "0",
    cells: 1,
    missed: null,
    files: [],
    seconds: 2,
    memoryPeakMb: 100 * index,
  };
  const lines = [...runs, summary].map((line) => JSON.stringify(change(line)));
  return { name: `part-${index}`, text: `${lines.join("\n")}\n` };
}

function runLine(place: number): object {
  return {
    kind: "run",
    run: place - FILES,
    seed: 1,
    verdict: place === 4 ? "law-broken" : "good",
    traceHash: `trace of ${place}`,
    aim: "random",
    laws: place === 4 ? ["I1"] : [],
    breaches: [],
    cells: ["DEL-NR-3 first-try"],
    jobs: 1,
    virtualMs: 1000,
  };
}

function refusal(outputs: readonly { readonly name: string; readonly text: string }[]): string {
  try {
    mergeShards(outputs);
  } catch (error) {
    if (error instanceof SpokenError) return error.reason.code;
    throw error;
  }
  return "nothing";
}

describe("the parts of a series", () => {
  test("give together what the whole is, in whatever order they come", () => {
    const merged = mergeShards([part(3, 3), part(1, 3), part(2, 3)]);
    const hash = new SeriesHash();
    for (let place = 0; place < FILES + RUNS; place += 1) {
      hash.add(place - FILES, `trace of ${place}`);
    }
    expect(merged.hash).toBe(hash.digest());
    expect(merged).toMatchObject({ doneCount: 9, seconds: 6, memoryPeakMb: 300, only: "delete" });
    expect(merged.failed.map(({ run, laws }) => [run, laws])).toEqual([[2, ["I1"]]]);
    const cell = merged.ledger.cells().find(({ cause }) => cause === "DEL-NR-3");
    expect(cell?.hitCount).toBe(9);
  });

  test("are refused where the result would be less than the whole", () => {
    const isRun = (line: object, run: number): boolean => "run" in line && line.run === run;
    const isLast = (line: object): boolean => "planned" in line;
    expect(refusal([])).toBe("harness.merge-nothing");
    expect(refusal([part(1, 2)])).toBe("harness.merge-missing");
    expect(refusal([part(1, 2), part(1, 2)])).toBe("harness.merge-twice");
    expect(refusal([part(1, 2), part(2, 3)])).toBe("harness.merge-other");
    const seeded = part(2, 2, (line) => (isLast(line) ? { ...line, seed: 6 } : line));
    expect(refusal([part(1, 2), seeded])).toBe("harness.merge-other");
    const cut = part(2, 2, (line) => (isLast(line) ? { ...line, isCutShort: true } : line));
    expect(refusal([part(1, 2), cut])).toBe("harness.merge-cut");
    const gap = part(2, 2, (line) => (isRun(line, 1) ? { ...line, run: 2 } : line));
    expect(refusal([part(1, 2), gap])).toBe("harness.merge-run-missing");
    const short = { name: "short", text: part(2, 2).text.split("\n").slice(1).join("\n") };
    expect(refusal([part(1, 2), short])).toBe("harness.merge-run-missing");
    const open = { name: "open", text: part(2, 2).text.split("\n").slice(0, -2).join("\n") };
    expect(refusal([part(1, 2), open])).toBe("harness.merge-no-end");
    const noise = { name: "noise", text: `hello\n${part(2, 2).text}` };
    expect(refusal([part(1, 2), noise])).toBe("harness.merge-line");
    const after = { name: "after", text: `${part(2, 2).text}${part(1, 2).text}` };
    expect(refusal([after])).toBe("harness.merge-line");
  });
});
