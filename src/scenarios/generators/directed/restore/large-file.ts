import type { Step } from "../../../scenario/step.ts";
import { LARGE } from "../directed-scenario.ts";

/** The file comes and is backed up, so that a restore takes several pieces. */
export const withLargeFile: readonly Step[] = [
  { do: "write", path: LARGE, content: { size: 150_000, seed: 77 } },
  { do: "backup" },
];
