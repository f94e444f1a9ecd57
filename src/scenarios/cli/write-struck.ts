import { createHash } from "node:crypto";
import { basename } from "node:path";

import type { Violation } from "../checkers/shared/violation.ts";
import type { SweepItem } from "../runs/fault-sweep.ts";
import type { Scenario } from "../scenario/scenario.ts";
import { writeCounterexample } from "./write-counterexample.ts";

/** Writes a scenario with the fault that let it violate something into a folder; the file's path, which follows from the fault. */
export function writeStruck(
  folder: string,
  { path, id }: Pick<SweepItem, "path" | "id">,
  found: { readonly scenario: Scenario; readonly violations: readonly Violation[] },
): string {
  const digest = createHash("sha256")
    .update(`${basename(path)} ${id}`)
    .digest();
  return writeCounterexample(folder, { ...found, index: 0, seed: digest.readUInt32BE(0) });
}
