import { expect, test } from "vitest";

import { WorkerPool } from "./worker-pool.ts";
import type { WorkerRequest } from "./worker-messages.ts";

/** A thread that breaks down as its request says, and answers every other one. */
const FRAGILE = new URL(
  `data:text/javascript,${encodeURIComponent(`
    import { parentPort } from "node:worker_threads";
    parentPort.on("message", ({ path }) => {
      if (path === "throws") throw new Error("out of something");
      if (path === "rejects") return void Promise.reject(new Error("nobody waits"));
      if (path === "exits") process.exit(7);
      parentPort.postMessage({ kind: "outcome", outcome: { generator: path } });
    });
  `)}`,
);

function file(path: string): WorkerRequest {
  return { kind: "file", path, index: 0 };
}

test("replaces a thread that breaks down, tells with what, and loses no other request", async () => {
  await using pool = new WorkerPool(1, { module: FRAGILE });

  const answers = await Promise.all(
    ["one", "throws", "two", "exits", "three", "rejects", "four"].map((path) =>
      pool.ask(file(path)),
    ),
  );

  expect(answers).toMatchObject([
    { kind: "outcome", outcome: { generator: "one" } },
    {
      kind: "died",
      reason: { params: { detail: expect.stringContaining("out of something") as string } },
    },
    { kind: "outcome", outcome: { generator: "two" } },
    { kind: "died", reason: { code: "checked-run.thread-ended", params: { exitCode: 7 } } },
    { kind: "outcome", outcome: { generator: "three" } },
    {
      kind: "died",
      reason: { params: { detail: expect.stringContaining("nobody waits") as string } },
    },
    { kind: "outcome", outcome: { generator: "four" } },
  ]);
});
