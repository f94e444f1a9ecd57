import { expect, test } from "vitest";

import { judgedAs } from "../checkers/shared/violation.ts";
import { firstPassRunCount } from "./plan.ts";
import { runSeries } from "./run-series.ts";
import { NO_SLICE } from "./series-plan.ts";
import { WHOLE } from "./shard.ts";
import { renderMessage } from "../../messages/render-message.ts";

test("brings about everything once, however long that takes, and begins no more when time is up", async () => {
  const result = await runSeries({
    plan: { seed: 1, runCount: 1000, only: "delete", files: [], slice: NO_SLICE, shard: WHOLE },
    workerCount: 2,
    isTimeUp: () => true,
    failsFast: false,
    shrinkTriesMax: 1,
    onOutcome: () => undefined,
  });

  expect(result.doneCount).toBe(firstPassRunCount("delete"));
  expect(result.ledger.missed()).toEqual([]);
  expect(result.wasCutShort).toBe(true);
  expect(result.failed).toEqual([]);
});

test("goes on when a run cannot be carried out, and reports that run as the harness's failure", async () => {
  const found: string[] = [];
  const result = await runSeries({
    plan: {
      seed: 1,
      runCount: 2,
      only: "delete",
      files: ["/nowhere/there-is-no-such-file.yaml"],
      slice: NO_SLICE,
      shard: WHOLE,
    },
    workerCount: 1,
    isTimeUp: () => false,
    failsFast: false,
    shrinkTriesMax: 1,
    onOutcome: () => undefined,
    onFound: ({ generator }) => void found.push(generator),
  });

  expect(result.doneCount).toBe(3);
  expect(found).toEqual(["there-is-no-such-file.yaml"]);
  const [failed] = result.failed;
  const said = failed?.violations.map((one) => renderMessage(one.message, "ja"));
  expect(said).toEqual([expect.stringContaining("読み取れません")]);
  expect(judgedAs(failed?.violations ?? [])).toBe("harness-failed");
});

test("begins no more once a law broke when it fails fast, not even the files that are kept", async () => {
  const result = await runSeries({
    plan: {
      seed: 1,
      runCount: 2,
      only: "delete",
      files: ["/nowhere/first.yaml", "/nowhere/second.yaml"],
      slice: NO_SLICE,
      shard: WHOLE,
    },
    workerCount: 1,
    isTimeUp: () => false,
    failsFast: true,
    shrinkTriesMax: 1,
    onOutcome: () => undefined,
  });

  expect(result.doneCount).toBe(1);
  expect(result.wasCutShort).toBe(true);
});
