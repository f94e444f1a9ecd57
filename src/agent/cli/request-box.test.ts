import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, onTestFinished, test, vi } from "vitest";

import { RequestBox } from "./request-box.ts";

/** What has not come by then does not come. */
const PATIENCE_MS = 600_000;

function newHome(): string {
  return mkdtempSync(join(tmpdir(), "request-box-"));
}

test("hands a request to the instance it is for, once, and removes it when it is done", async () => {
  const home = newHome();
  const interrupt = vi.fn<() => void>();
  onTestFinished(new RequestBox(home).watch("me", { interrupt, logout: vi.fn<() => void>() }));

  // It has looked in vain before.
  await new Promise((resolve) => setTimeout(resolve, 1_200));
  const asking = new RequestBox(home);
  asking.leave("interrupt", "me");
  expect(asking.isPending("interrupt", "me")).toBe(true);

  await vi.waitFor(() => expect(asking.isPending("interrupt", "me")).toBe(false), PATIENCE_MS);
  expect(interrupt).toHaveBeenCalledTimes(1);
});

test("keeps a request that was left for a dead process from the next one", async () => {
  const home = newHome();
  const interrupt = vi.fn<() => void>();
  new RequestBox(home).leave("interrupt", "dead");

  onTestFinished(new RequestBox(home).watch("me", { interrupt, logout: vi.fn<() => void>() }));
  await new Promise((resolve) => setTimeout(resolve, 1_500));

  expect(interrupt).not.toHaveBeenCalled();
});

test("waits for a request under way when the watch ends", async () => {
  const home = newHome();
  const done = Promise.withResolvers<void>();
  const logout = vi.fn<() => Promise<void>>(() => done.promise);
  const stop = new RequestBox(home).watch("me", { interrupt: vi.fn<() => void>(), logout });
  new RequestBox(home).leave("logout", "me");
  await vi.waitFor(() => expect(logout).toHaveBeenCalled(), PATIENCE_MS);

  const stopped = stop();
  expect(new RequestBox(home).isPending("logout", "me")).toBe(true);
  done.resolve();
  await stopped;

  expect(new RequestBox(home).isPending("logout", "me")).toBe(false);
});

test("gives what a handler threw to the one who watches", async () => {
  const home = newHome();
  const interrupt = vi.fn<() => void>(() => {
    throw new Error("broken");
  });
  const stop = new RequestBox(home).watch("me", { interrupt, logout: vi.fn<() => void>() });
  new RequestBox(home).leave("interrupt", "me");
  await vi.waitFor(() => expect(interrupt).toHaveBeenCalled(), PATIENCE_MS);

  await expect(stop()).rejects.toThrow("broken");
});
