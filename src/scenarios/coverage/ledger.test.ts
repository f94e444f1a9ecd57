import { describe, expect, test } from "vitest";

import { directedCells } from "../generators/directed/directed-cells.ts";
import { Ledger } from "./ledger.ts";

describe("Ledger", () => {
  test("misses every declared cell until it is reached", () => {
    const ledger = new Ledger();
    const all = ledger.cells().length;
    expect(ledger.missed()).toHaveLength(all);
    ledger.add([{ cause: "B-UX-9", phase: "first-try" }]);
    expect(ledger.missed()).toHaveLength(all - 1);
  });

  test("counts a hit in its own phase only", () => {
    const ledger = new Ledger();
    ledger.add([
      { cause: "B-IC-1", phase: "after-restart" },
      { cause: "B-IC-1", phase: "after-restart" },
    ]);
    const counts = ledger.cells().filter(({ cause }) => cause === "B-IC-1");
    expect(counts.map(({ phase, hitCount }) => [phase, hitCount])).toEqual([
      ["first-try", 0],
      ["after-restart", 2],
    ]);
  });

  test("has a directed generator for each of its cells", () => {
    const directed = directedCells().map(({ cause, phase }) => `${cause} ${phase}`);
    expect(directed).toEqual(new Ledger().cells().map(({ cause, phase }) => `${cause} ${phase}`));
  });
});
