import { expect, test } from "vitest";

import { type AgentWorld, agentWorld } from "./support/agent-world.ts";
import type { AgentProcess } from "./support/agent-process.ts";

/** A world whose service keeps silent about uploads, and a backup that therefore runs on. */
async function withRunningBackup(): Promise<{ world: AgentWorld; backup: AgentProcess }> {
  const world = await agentWorld();
  await world.prepare();
  world.write({ "a.txt": "a" });
  world.service.faults.add({
    kind: "never-answer",
    operation: ["putFile", "batchUpload", "createUpload"],
    times: "forever",
  });
  const backup = world.start(["backup", "run", "--json"]);
  await backup.untilPrinted('"type":"job-started"');
  return { world, backup };
}

async function historyOf(world: AgentWorld): Promise<readonly unknown[]> {
  return (await world.run(["history", "--json"])).lines;
}

test("reads along while a backup runs", async () => {
  const { world } = await withRunningBackup();

  expect(await historyOf(world)).toMatchObject([
    { type: "job", status: "running", endedAt: null },
    { type: "page", rowCount: 1 },
  ]);
  for (const command of ["source list", "settings", "history show 1"]) {
    const { exit } = await world.run(command.split(" "));

    expect([command, exit]).toEqual([command, 0]);
  }
});

test.each(["settings --device-name other", "source remove 1", "backup run", "capacity"])(
  "leaves %s to the process that works, and says which that is",
  async (command) => {
    const { world, backup } = await withRunningBackup();

    const { exit, err } = await world.run(command.split(" "));

    expect(exit).toBe(1);
    expect(err).toContain(`in use by process ${backup.child.pid} (azukeru-agent backup run)`);
  },
);

test("interrupts a backup of another process", async () => {
  const { world, backup } = await withRunningBackup();

  const interrupt = await world.run(["backup", "interrupt", "--json"]);

  expect(interrupt.lines).toMatchObject([
    { type: "interrupt", outcome: "interrupted", pid: backup.child.pid },
  ]);
  expect((await backup.ended).exit).toBe(3);
  expect(await historyOf(world)).toMatchObject([
    { status: "interrupted", causes: [{ id: "B-INT-1" }], endedAt: expect.any(String) },
    {},
  ]);
  const again = await world.run(["backup", "interrupt", "--json"]);
  expect(again.lines).toMatchObject([{ type: "interrupt", outcome: "nothing-running" }]);
});

test("logs out under a running backup, which ends as interrupted", async () => {
  const { world, backup } = await withRunningBackup();

  const logout = await world.run(["logout", "--json"]);

  expect(logout.lines).toMatchObject([{ wasLoggedIn: true, interruptedProcess: backup.child.pid }]);
  expect((await backup.ended).exit).toBe(3);
  expect((await backup.ended).err).toBe("");
  expect(await historyOf(world)).toMatchObject([
    { status: "interrupted", causes: [{ id: "B-INT-2" }] },
    {},
  ]);
  expect((await world.run(["settings", "--json"])).lines).toMatchObject([{ loginId: null }]);
});

test.each([
  { signal: "SIGINT", status: "interrupted", cause: "B-INT-1" },
  { signal: "SIGTERM", status: "unexpected", cause: "B-UX-6" },
  { signal: "SIGHUP", status: "unexpected", cause: "B-UX-6" },
] as const)("ends a backup as $status after $signal", async ({ signal, status, cause }) => {
  const { world, backup } = await withRunningBackup();

  backup.child.kill(signal);

  const { exit, lines } = await backup.ended;
  expect(exit).toBe(3);
  expect(lines.at(-1)).toMatchObject({ type: "summary", completed: false, exitCode: 3 });
  expect(await historyOf(world)).toMatchObject([{ status, causes: [{ id: cause }] }, {}]);
});

test("closes at once on a second Ctrl-C", async () => {
  const { world, backup } = await withRunningBackup();

  backup.child.kill("SIGINT");
  backup.child.kill("SIGINT");

  expect((await backup.ended).exit).toBe(3);
  expect(await historyOf(world)).toMatchObject([{ endedAt: expect.any(String) }, {}]);
});

test("closes the job of a killed process and goes on without a hand", async () => {
  const { world, backup } = await withRunningBackup();

  backup.child.kill("SIGKILL");
  await backup.ended;
  world.service.faults.clear();

  expect(await historyOf(world)).toMatchObject([{ status: "unexpected", endedAt: null }, {}]);
  const next = await world.run(["backup", "run", "--json"]);
  expect(next.exit).toBe(0);
});

test("goes on when nobody reads what it prints any more", async () => {
  const world = await agentWorld();
  await world.prepare();
  world.write(Object.fromEntries(Array.from({ length: 300 }, (_, n) => [`${n}.txt`, `${n}`])));

  const backup = world.start(["backup", "run", "--json"]);
  await backup.untilPrinted('"type":"job-started"');
  backup.child.stdout?.destroy();

  expect((await backup.ended).exit).toBe(0);
  expect(await historyOf(world)).toMatchObject([{ status: "completed" }, {}]);
});
