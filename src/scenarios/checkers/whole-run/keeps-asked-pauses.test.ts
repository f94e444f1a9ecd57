import { beforeAll, expect, test } from "vitest";

import type { RunRecord } from "../../observation/run-record.ts";
import { honestRun, violatedBy, withBackup } from "../testing/honest-run.ts";

let honest: RunRecord;

beforeAll(async () => {
  honest = await honestRun({
    tree: { "/data/a": { content: { text: "a" } } },
    timeline: [
      {
        do: "backup",
        faults: { storage: [{ kind: "status", status: 503, retryAfterSeconds: 30 }] },
      },
    ],
  });
});

test("a request again behind the pause that was asked for is well", () => {
  expect(violatedBy(honest)).toEqual(new Set());
});

test("a request again before the pause is over violates `pause`", () => {
  const record = withBackup(honest, ({ requests }) => ({
    requests: requests.map((request, index) =>
      index === 0 ? request : { ...request, atMs: request.atMs - 1_000 },
    ),
  }));
  expect(violatedBy(record)).toContain("pause");
});
