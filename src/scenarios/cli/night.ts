import { fileURLToPath } from "node:url";

import { readScenario } from "../runs/read-scenario.ts";
import type { Scenario } from "../scenario/scenario.ts";

/** The nights that are shipped: a backup alone; and one with deletions, before a restore by hand. */
export const DAY_NAMES = ["backup", "restore-and-delete"] as const;

/** One of {@link DAY_NAMES}. */
export type DayName = (typeof DAY_NAMES)[number];

const FILES: Readonly<Record<DayName, string>> = {
  backup: "the-night.yaml",
  "restore-and-delete": "the-night-with-deletions-and-a-restore.yaml",
};

/** Reads the scenario of a shipped night. */
export function readNight(name: DayName): Scenario {
  const folder = new URL("../../../fixtures/scenarios/", import.meta.url);
  return readScenario(fileURLToPath(new URL(FILES[name], folder)));
}
