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

test("notices a deletion that is held although it was confirmed, as the remedy says", async () => {
  const honest = await honestRun({
    compareDelete: true,
    tree: { "/data/a": { content: { text: "first" } } },
    timeline: [
      { do: "backup" },
      { do: "empty", path: "/data" },
      { do: "backup" },
      { do: "backup", confirmDeletions: true },
    ],
  });
  const last = honest.deletions.findIndex(({ isConfirmed }) => isConfirmed);
  const deletions = honest.deletions.map((run, index) =>
    index === last ? { ...run, job: { ...run.job, causes: ["DEL-NR-3" as const] } } : run,
  );

  expect(checkRun(honest).violations).toEqual([]);
  expect(honest.deletions.some(({ job }) => job.causes.includes("DEL-NR-3"))).toBe(true);
  expect(violatedBy({ ...honest, deletions })).toContain("remedy");
});

test("notices a restore that does not find the folder that was made again for it", async () => {
  const restore = { do: "restore", from: { source: 0 }, to: "/restored/here" } as const;
  const honest = await honestRun({
    tree: { "/data/a": { content: { text: "first" } } },
    timeline: [{ do: "backup" }, { ...restore, makeTarget: false }, restore],
  });
  const [first, second] = honest.restores;
  if (first === undefined || second === undefined) throw new Error("nothing was restored");
  const untold = { ...second, job: { ...second.job, causes: first.job.causes } };

  expect(checkRun(honest).violations).toEqual([]);
  expect(first.job.causes).toContain("R-IS-1");
  expect(violatedBy({ ...honest, restores: [first, untold] })).toContain("remedy");
});

test("demands nothing of a backup before which somebody gave permission for something else", async () => {
  const honest = await honestRun({
    tree: { "/data/a": { content: { text: "first" } }, "/data/b": { content: { text: "other" } } },
    timeline: [
      { do: "deny", path: "/data/a" },
      { do: "backup" },
      { do: "allow", path: "/data/b" },
      { do: "backup" },
    ],
  });

  expect(checkRun(honest).violations).toEqual([]);
});
