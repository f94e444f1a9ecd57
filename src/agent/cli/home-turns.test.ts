import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { expect, onTestFinished, test, vi } from "vitest";

import { isHomeHeld, takeHome } from "./home-lock.ts";
import { HomeTurns, type HomeTurnsOptions } from "./home-turns.ts";
import { readHolder } from "./lock-holder.ts";
import { RequestBox } from "./request-box.ts";

/** What has not come by then does not come. */
const PATIENCE_MS = 600_000;

function turnsIn(given: Partial<HomeTurnsOptions> = {}): {
  readonly homePath: string;
  readonly turns: HomeTurns;
} {
  const homePath = mkdtempSync(join(tmpdir(), "home-turns-"));
  onTestFinished(() => rmSync(homePath, { recursive: true, force: true }));
  const turns = new HomeTurns({
    homePath,
    command: "daemon",
    handlers: { interrupt: () => undefined, logout: () => undefined },
    onWait: () => undefined,
    ...given,
  });
  return { homePath, turns };
}

test("the home folder is held during a turn and free before and after it, whatever its end", async () => {
  const { homePath, turns } = turnsIn();

  const held = await turns.take(async () => isHomeHeld(homePath));
  await expect(turns.take(() => Promise.reject(new Error("failed")))).rejects.toThrow("failed");

  expect(held).toBe(true);
  expect(isHomeHeld(homePath)).toBe(false);
  expect(readHolder(homePath)).toBeUndefined();
});

test("a turn waits as long as another process works, and says so once", async () => {
  let waitCount = 0;
  const { homePath, turns } = turnsIn({ onWait: () => (waitCount += 1) });
  const other = takeHome(homePath, 0);
  let hasBegun = false;
  const turn = turns.take(async () => void (hasBegun = true));

  await sleep(1_200);
  expect(hasBegun).toBe(false);
  other?.release();
  await turn;

  expect(hasBegun).toBe(true);
  expect(waitCount).toBe(1);
});

test("a turn that waits ends with the turns", async () => {
  const { homePath, turns } = turnsIn();
  const other = takeHome(homePath, 0);
  const turn = turns.take(() => Promise.resolve());

  turns.end();

  await expect(turn).rejects.toMatchObject({ code: "closed" });
  other?.release();
});

test("a backup of a turn is within reach of requests, and a request for an earlier turn of none", async () => {
  const interrupt = vi.fn<() => void>();
  const { homePath, turns } = turnsIn({ handlers: { interrupt, logout: () => undefined } });
  const box = new RequestBox(homePath);
  const first = await turns.take(async () => {
    expect(readHolder(homePath)?.runs).toBeNull();
    turns.announceBackup();
    return readHolder(homePath);
  });
  expect(first).toMatchObject({ command: "daemon", runs: "backup" });
  box.leave("interrupt", first?.instanceId ?? "");

  await turns.take(() => sleep(1_500));
  expect(interrupt).not.toHaveBeenCalled();

  await turns.take(async () => {
    box.leave("interrupt", readHolder(homePath)?.instanceId ?? "");
    await vi.waitFor(() => expect(interrupt).toHaveBeenCalledTimes(1), PATIENCE_MS);
  });
});
