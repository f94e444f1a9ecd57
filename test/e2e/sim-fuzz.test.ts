import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { afterAll, expect, test } from "vitest";

import { startCommand, type CommandEnd } from "./support/own-command.ts";

const folder = mkdtempSync(join(tmpdir(), "azukeru-fuzz-"));
const corpus = join(folder, "corpus");

afterAll(() => rmSync(folder, { recursive: true }));

const ENGLISH = { LC_ALL: "C" };

function keptNames(): readonly string[] {
  const kept = join(corpus, "kept");
  return existsSync(kept) ? readdirSync(kept).filter((name) => name.endsWith(".json")) : [];
}

/** Searches for hours, and is told to end once there are some scenarios more than before. */
async function searchUntil(
  signal: "SIGINT" | "SIGTERM",
  args: readonly string[],
): Promise<CommandEnd> {
  const before = keptNames().length;
  const all = ["fuzz", "--time", "3h", "--corpus", corpus, "--seed", "1", "--jobs", "2", ...args];
  const command = startCommand("azukeru-sim", all, ENGLISH);
  while (keptNames().length < before + 3 && command.process.exitCode === null) await sleep(100);
  command.process.kill(signal);
  return command.ended;
}

test(
  "ends in order on a signal, with what it found, and the next search starts from that",
  { timeout: 300_000 },
  async () => {
    const first = await searchUntil("SIGINT", []);

    expect(first).toMatchObject({ exitCode: 0 });
    expect(first.stderr).toContain("searching with seed 1 on 2 threads");
    expect(first.stdout).toMatch(
      /^\d+ runs \(\d+ of them changed, seed 1\) in .*: \d+ new features, \d+ scenarios kept, .* 0 distinct failures in 0 runs, memory \d+ MB at the start and \d+ MB at the end\n$/,
    );
    expect(existsSync(join(corpus, "index.json"))).toBe(true);
    const kept = keptNames();

    const second = await searchUntil("SIGTERM", ["--json"]);

    expect(second).toMatchObject({ exitCode: 0 });
    const sum = JSON.parse(second.stdout.trim().split("\n").at(-1) ?? "") as Record<
      string,
      unknown
    >;
    expect(sum).toMatchObject({ kind: "summary", seed: 1, failureCount: 0, isStarted: true });
    expect(sum["keptCount"]).toBeGreaterThan(kept.length);
    // No file is half written.
    expect(readdirSync(join(corpus, "kept")).every((name) => name.endsWith(".json"))).toBe(true);
  },
);

test("a scenario that was kept can be replayed", async () => {
  const [name = ""] = keptNames();
  const replay = startCommand("azukeru-sim", ["replay", join(corpus, "kept", name)], ENGLISH);

  expect(await replay.ended).toMatchObject({ exitCode: 0 });
});

test("takes no time without a unit", async () => {
  const { exitCode, stderr } = await startCommand("azukeru-sim", ["fuzz", "--time", "5"], ENGLISH)
    .ended;

  expect(exitCode).toBe(2);
  expect(stderr).toContain('--time <time> does not take "5": give a time such as 90s, 30m or 8h');
});
