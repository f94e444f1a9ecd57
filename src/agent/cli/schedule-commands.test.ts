import { describe, expect, test } from "vitest";

import type { ScheduleStatus } from "../schedule/schedule-records.ts";
import { registerOsTask, type Schedule } from "../schedule/os-task-registration.ts";
import { FakeHost } from "../testing/fake-host.ts";
import type { OutputLine } from "./views/output-schema.ts";
import { outputLineSchema } from "./views/output-schema.ts";
import { runCli } from "./run-cli.ts";
import type { AgentApi } from "./agent-api.ts";
import { FakeAgent, opening } from "./testing/fake-agent.ts";
import { fakeCliIo } from "./testing/fake-cli-io.ts";

const AT_3: Schedule = { minuteOfDay: 180, weekdays: [0, 1, 2, 3, 4, 5, 6] };
const NEXT_MS = Date.UTC(2026, 10, 21, 18);

/** An agent that keeps its schedule. */
class ScheduledAgent extends FakeAgent {
  #status: ScheduleStatus = { schedule: null, isOn: true, nextAtMs: null, isDayDealtWith: false };
  override readonly schedule: AgentApi["schedule"] = {
    ...new FakeAgent().schedule,
    status: () => this.#status,
    set: (schedule) => (this.#status = { ...this.#status, schedule, nextAtMs: NEXT_MS }),
    setOn: (isOn) => (this.#status = { ...this.#status, isOn, nextAtMs: isOn ? NEXT_MS : null }),
  };
}

class Bench {
  readonly agent = new ScheduledAgent();
  readonly host: FakeHost;

  constructor(host = new FakeHost()) {
    this.host = host;
  }

  /** The OS starts the tool at the times of a schedule. */
  async registered(schedule: Schedule = AT_3): Promise<this> {
    await registerOsTask(this.host, { schedule, command: ["tool"], password: "pw" });
    return this;
  }

  async run(...args: readonly string[]): Promise<{ exit: number; lines: OutputLine[] }> {
    const io = fakeCliIo();
    const all = ["--home", "/tmp/home", "--json", ...args];
    const exit = await runCli(all, io, opening(this.agent), async () => this.host);
    const lines = io.out().trimEnd().split("\n").filter(Boolean);
    return { exit, lines: lines.map((line) => outputLineSchema.parse(JSON.parse(line))) };
  }

  async words(language: string, ...args: readonly string[]): Promise<string> {
    const io = fakeCliIo();
    const all = ["--home", "/tmp/home", "--lang", language, ...args];
    await runCli(all, io, opening(this.agent), async () => this.host);
    return io.out() + io.err();
  }
}

describe("schedule", () => {
  test("sets time and days, switches, and shows both with the next slot", async () => {
    const bench = new Bench();

    expect((await bench.run("schedule", "status")).lines).toMatchObject([
      { type: "schedule", event: "shown", isOn: true, at: null, weekdays: null, nextAt: null },
    ]);
    const { lines } = await bench.run("schedule", "set", "--at", "3:05", "--days", "fri,mon");
    expect(lines).toMatchObject([
      { type: "schedule", event: "set", at: "03:05", weekdays: [1, 5] },
    ]);
    expect(lines[0]).toMatchObject({ nextAt: new Date(NEXT_MS).toISOString() });
    expect((await bench.run("schedule", "off")).lines[0]).toMatchObject({
      event: "off",
      isOn: false,
      nextAt: null,
    });
    expect((await bench.run("schedule", "on")).lines[0]).toMatchObject({ event: "on", isOn: true });
    expect(await bench.words("ja", "schedule", "status")).toContain("月・金 03:05");
    expect(await bench.words("en", "schedule", "status")).toContain("Mon, Fri at 03:05");
  });

  test.each([[["set"]], [["set", "--at", "24:00"]], [["set", "--at", "3:00", "--days", "x"]]])(
    "%j is a usage error",
    async (args) => {
      expect((await new Bench().run("schedule", ...args)).exit).toBe(2);
    },
  );
});

describe("the OS task", () => {
  test("follows a new time where no password is needed for that", async () => {
    const bench = await new Bench().registered();

    const { lines } = await bench.run("schedule", "set", "--at", "04:00");

    expect(lines[1]).toMatchObject({ type: "task", event: "registered", startsAt: "03:55" });
    expect(bench.host.registered?.task.command).toContain("--from-task");
  });

  test("is left as it is when it fits, and when there is none", async () => {
    const fitting = await new Bench().registered();
    expect((await fitting.run("schedule", "set", "--at", "03:00")).lines).toHaveLength(1);
    expect(fitting.host.registered?.task.command).toEqual(["tool"]);

    const bench = new Bench();
    expect((await bench.run("schedule", "set", "--at", "03:00")).lines).toHaveLength(1);
    expect(bench.host.registered).toBeUndefined();
  });

  test("is to be registered anew by its person where a password is needed", async () => {
    const bench = await new Bench(new FakeHost("windows")).registered();

    const { exit, lines } = await bench.run("schedule", "set", "--at", "04:00");

    expect(exit).toBe(0);
    expect(lines[1]).toMatchObject({ type: "task", event: "stale", startsAt: "02:55" });
    expect(await bench.words("ja", "schedule", "set", "--at", "05:00")).toContain(
      "task register で登録し直してください",
    );
  });

  test("goes with automatic backup OFF", async () => {
    const bench = await new Bench().registered();
    bench.agent.schedule.set(AT_3);

    const { lines } = await bench.run("schedule", "off");

    expect(lines[1]).toMatchObject({ type: "task", event: "removed", starts: "while-tool-runs" });
    expect(bench.host.registered).toBeUndefined();
  });

  test("takes the times of the schedule when none are given", async () => {
    const bench = new Bench();
    const { exit, lines } = await bench.run("task", "register");
    expect([exit, lines[0]]).toMatchObject([1, { type: "error", code: "no-schedule" }]);

    bench.agent.schedule.set({ minuteOfDay: 2, weekdays: [0] });
    await bench.run("task", "register");

    expect(bench.host.registered?.task).toMatchObject({ minuteOfDay: 1_437, weekdays: [6] });
  });
});
