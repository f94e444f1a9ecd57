import { expect, test } from "vitest";

import { checkRun } from "../check-run.ts";
import { honestRun, violatedBy, withBackup } from "../testing/honest-run.ts";

test("notices a backup that is not complete behind what a person was told to do", async () => {
  const honest = await honestRun({
    tree: { "/data/a": { content: { text: "first" } } },
    timeline: [
      { do: "deny", path: "/data/a" },
      { do: "backup" },
      { do: "allow", path: "/data/a" },
      { do: "backup" },
    ],
  });
  const untold = withBackup(honest, ({ job }) => ({ job: { ...job, status: "access-denied" } }));

  expect(checkRun(honest).violations).toEqual([]);
  expect(violatedBy(untold)).toContain("remedy");
});
