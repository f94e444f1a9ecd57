import { DatabaseSync } from "node:sqlite";

import { describe, expect, test } from "vitest";

import { AgentError } from "../agent-error.ts";
import type { AgentPorts } from "../ports/agent-ports.ts";
import type { RestoreRequest } from "../jobs/requests.ts";
import { RunStop, type RunStopKind } from "../jobs/job-stop.ts";
import { runRestore } from "./run-restore.ts";
import type { JobRecord } from "../../protocol/job-record.ts";
import { StateDatabase } from "../state/state-database.ts";
import { FROM, RestoreBench, TO } from "../testing/restore-bench.ts";
import { smallTuning } from "../testing/fixtures.ts";
import { AMPLE_MEMORY } from "../testing/ample-memory.ts";

/** One restore as the agent runs it, over the fakes of a bench. */
class RunBench {
  readonly bench = new RestoreBench({ stored: { a: ["1", "22"], b: "2", c: "3" } });
  readonly stop = new RunStop();
  readonly database: StateDatabase;
  readonly #file = new DatabaseSync(":memory:");

  constructor() {
    this.database = new StateDatabase(this.#file);
  }

  run(wish: Partial<RestoreRequest> = {}, from = FROM): Promise<JobRecord> {
    const { clock, service, disk } = this.bench;
    const ports: AgentPorts = {
      clock,
      entropy: { random: () => 0.5 },
      disk: disk.source,
      targetDisk: disk.target,
      memory: AMPLE_MEMORY,
      log: { write: () => undefined },
      dialer: { dial: () => expect.fail("nothing is dialled here") },
      database: this.#file,
    };
    const running = runRestore({
      environment: {
        ...ports,
        database: this.database,
        tuning: smallTuning({ parallelDownloadCount: 1 }),
        service,
      },
      disk: disk.target,
      request: { from, to: TO, ...wish },
      place: from.split("/"),
      stop: this.stop,
    });
    return clock.settle(running);
  }

  /** Stops the run once the first file is in its place. */
  runStopped(kind: RunStopKind): Promise<JobRecord> {
    this.bench.disk.onCall = (method, path) => {
      if (method === "stat" && path === `${TO}/b`) this.stop.stop(kind);
    };
    return this.run();
  }
}

test("tells of the job twice, of every row and of the progress", async () => {
  const told: string[] = [];

  await new RunBench().run({
    onJob: ({ status }) => void told.push(status),
    onFile: ({ path }) => void told.push(path),
    onProgress: ({ filesDone }) => void told.push(`${filesDone} done`),
  });

  expect(told.filter((one) => !one.endsWith("done"))).toEqual([
    "running",
    "a",
    "b",
    "c",
    "completed",
  ]);
  expect(told).toContain("3 done");
});

describe("a restore that is to stop", () => {
  test("has no 中断: an interruption changes nothing", async () => {
    expect(await new RunBench().runStopped("interrupt")).toMatchObject({
      status: "completed",
      targetCount: 3,
    });
  });

  test.each([
    ["logout", "R-UX-6"],
    ["close", "R-UX-1"],
  ] as const)("ends at once by %s (%s)", async (kind, cause) => {
    const bench = new RunBench();

    expect(await bench.runStopped(kind)).toMatchObject({ status: "unexpected", causes: [cause] });
    expect(Object.keys(bench.bench.disk.tree())).not.toContain("c");
  });

  test("forgets the run it was part of once it ended", async () => {
    const bench = new RunBench();
    await bench.run();

    bench.stop.stop("close");

    expect((await new RunBench().run()).status).toBe("completed");
  });
});

test("a generation is one of a file, and never of a folder", async () => {
  const bench = new RunBench();
  await bench.run({ generation: 1 }, `${FROM}/a`);
  expect(bench.bench.disk.tree()).toEqual({ a: "1" });

  await expect(new RunBench().run({ entryKind: "folder", generation: 1 })).rejects.toThrow(
    AgentError,
  );
});
