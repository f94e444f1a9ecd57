import type { Step } from "../../scenario/step.ts";
import { ROOT } from "../surroundings.ts";

/** A file that takes several pieces, by its path below the destination. */
export const LARGE_NAME = "large file";

/** The same, by its path on the PC. */
export const LARGE = `${ROOT}/${LARGE_NAME}`;

/** The file comes and is backed up, so that a restore takes several pieces. */
export const withLargeFile: readonly Step[] = [
  { do: "write", path: LARGE, content: { size: 150_000, seed: 77 } },
  { do: "backup" },
];
