import * as fc from "fast-check";

import type { Scenario } from "../../../scenario/scenario.ts";
import type { Step } from "../../../scenario/step.ts";
import {
  directedScenario,
  INNER,
  ROOT,
  SECOND,
  surroundingsArbitrary,
  TARGET,
} from "../directed-scenario.ts";

const HIDDEN = `${ROOT}/hidden file`;
const OTHER = `${ROOT}/other file`;

const settings = fc.record({
  compareUpload: fc.boolean(),
  compareDelete: fc.boolean(),
  includeHidden: fc.boolean(),
});

/**
 * A backup that could not read one file is done again (再実行, F19) after the settings were changed, with files gone,
 * hidden, and missing on the service meanwhile: each of the two has settings of its own.
 */
export const backupAgainArbitrary: fc.Arbitrary<Scenario> = fc
  .record({
    around: surroundingsArbitrary(false),
    earlier: settings,
    later: settings,
    goes: fc.shuffledSubarray([SECOND, INNER, OTHER], { minLength: 1, maxLength: 2 }),
    isAllowed: fc.boolean(),
    isRestarted: fc.boolean(),
  })
  .map(({ around, earlier, later, goes, isAllowed, isRestarted }) => {
    const again: Step = { do: "backup", sources: [0], again: true };
    return directedScenario(around, {
      disk: "windows",
      ...earlier,
      tree: {
        [HIDDEN]: { content: { size: 70, seed: 1 }, hidden: true },
        [OTHER]: { content: { size: 71, seed: 2 } },
      },
      timeline: [
        { do: "backup" },
        { do: "wait", ms: 5000 },
        { do: "write", path: TARGET, content: { size: 200, seed: 90 } },
        { do: "deny", path: TARGET },
        { do: "backup" },
        { do: "settings", ...later },
        ...(isRestarted ? [{ do: "restart", how: "close-tool" } as const] : []),
        ...goes.map((path): Step => ({ do: "delete", path })),
        { do: "delete-file", source: 0, path: "large file" },
        ...(isAllowed ? [{ do: "allow", path: TARGET } as const] : []),
        again,
        { do: "backup" },
      ],
    });
  });
