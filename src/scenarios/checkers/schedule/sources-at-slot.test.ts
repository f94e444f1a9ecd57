import { expect, test } from "vitest";

import type { PcChange, PcFact } from "../../observation/pc-record.ts";
import { sourcesAtSlot } from "./sources-at-slot.ts";

const PATH = "/data";

/** A clock that shows elapsed time, but for what is given. */
function fact(what: "source" | "source-removed", elapsedMs: number, wallMs = elapsedMs): PcFact {
  const change: PcChange = { what, path: PATH };
  return { elapsedMs, wallMs, change, isDuringRun: false };
}

/** A slot at 100 that is noticed from 150 on, and at 200 at the latest. */
const MOMENTS = {
  slotMs: 100,
  cameMs: 100,
  noticedFromMs: 150,
  noticedMs: 200,
  noticedWallMs: 200,
};

test.each([
  { name: "was there before", facts: [fact("source", 50)], is: "surely" },
  { name: "came behind it", facts: [fact("source", 120)], is: undefined },
  { name: "came behind its notice", facts: [fact("source", 300)], is: undefined },
  {
    name: "was added when the clock was far ahead",
    facts: [fact("source", 50, 900)],
    is: "surely",
  },
  { name: "was added when it was little ahead", facts: [fact("source", 50, 130)], is: "perhaps" },
  { name: "was added late by a clock behind", facts: [fact("source", 120, 20)], is: "perhaps" },
  { name: "went before", facts: [fact("source", 50), fact("source-removed", 140)], is: undefined },
  {
    name: "went while it may have been noticed",
    facts: [fact("source", 50), fact("source-removed", 160)],
    is: "perhaps",
  },
  {
    name: "went and came again",
    facts: [fact("source", 50), fact("source-removed", 120), fact("source", 130)],
    is: undefined,
  },
])("a source that $name has a row: $is", ({ facts, is }) => {
  expect(sourcesAtSlot(facts, MOMENTS).get(PATH)).toBe(is);
});
