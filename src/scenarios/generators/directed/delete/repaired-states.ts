import * as fc from "fast-check";

import type { Scenario } from "../../../scenario/scenario.ts";
import {
  directedScenario,
  INNER_FOLDER,
  nameOf,
  ROOT,
  SECOND,
  surroundingsArbitrary,
  TARGET,
} from "../directed-scenario.ts";

const OTHER = `${ROOT}/other`;
const LAST = `${ROOT}/last to go`;

/**
 * The state file is repaired, without its index and later with it. What others put on the service stays theirs, what went before
 * a lost index is known no more, and what a backup has seen since is the tool's own again and goes with the PC's.
 */
export const repairedState: fc.Arbitrary<Scenario> = fc
  .tuple(surroundingsArbitrary(false), fc.boolean(), fc.constantFrom(1, 20_000))
  .map(([around, compareUpload, size]) => {
    const guest = { do: "put-file" as const, source: 0, content: { size: 40, seed: 900 } };
    return directedScenario(around, {
      compareDelete: true,
      compareUpload,
      tree: {
        [`${OTHER}/changed`]: { content: { size, seed: 30 } },
        [`${OTHER}/touched`]: { content: { size, seed: 31 } },
        [`${OTHER}/goes`]: { content: { size, seed: 32 } },
        [`${OTHER}/hollow`]: null,
        [LAST]: { content: { size: 70, seed: 33 } },
      },
      timeline: [
        { do: "backup" },
        { ...guest, path: "guest" },
        { ...guest, path: `${nameOf(INNER_FOLDER)}/guest` },
        { do: "wait", ms: 5000 },
        { do: "delete", path: TARGET },
        { do: "write", path: `${OTHER}/changed`, content: { size, seed: 40 } },
        { do: "touch", path: `${OTHER}/touched` },
        { do: "repair-state", index: "lost" },
        { do: "backup" },
        { do: "wait", ms: 5000 },
        { do: "delete", path: SECOND },
        { do: "delete", path: INNER_FOLDER },
        { do: "delete", path: `${OTHER}/goes` },
        { do: "delete", path: `${OTHER}/changed` },
        { do: "delete", path: `${OTHER}/touched` },
        { do: "delete", path: `${OTHER}/hollow` },
        { do: "backup" },
        { do: "repair-state", index: "kept" },
        { do: "delete", path: LAST },
        { do: "backup" },
        { do: "restore", from: { source: 0 }, to: "/restored" },
      ],
    });
  });
