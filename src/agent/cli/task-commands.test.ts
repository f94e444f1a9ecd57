import { PassThrough } from "node:stream";

import { describe, expect, test } from "vitest";

import { FakeHost } from "../testing/fake-host.ts";
import { outputLineSchema } from "./views/output-schema.ts";
import { runCli } from "./run-cli.ts";
import { FakeAgent, opening } from "./testing/fake-agent.ts";
import { fakeCliIo, type FakeCliIo } from "./testing/fake-cli-io.ts";
import { message, type Message } from "../../messages/message.ts";

/** A reason that somebody else said. */
function said(text: string): Message {
  return message("run.earlier-text", { text });
}

/** Runs `task ...` on a PC; the last line of its output, and how it ended. */
async function task(
  host: FakeHost,
  args: readonly string[],
  io: FakeCliIo = fakeCliIo(),
): Promise<{ readonly exitCode: number; readonly line: unknown; readonly io: FakeCliIo }> {
  const exitCode = await runCli(
    ["--home", "/tmp/home", "--json", "task", ...args],
    io,
    opening(new FakeAgent()),
    async () => host,
  );
  return { exitCode, line: outputLineSchema.parse(JSON.parse(io.out())), io };
}

async function words(host: FakeHost, language: string, args: readonly string[]): Promise<string> {
  const io = fakeCliIo();
  const all = ["--home", "/tmp/home", "--lang", language, "task", ...args];
  await runCli(all, io, opening(new FakeAgent()), async () => host);
  return io.out();
}

describe("task register", () => {
  test("registers the tool 5 minutes ahead, as the daemon of this home folder", async () => {
    const host = new FakeHost();

    const { exitCode, line } = await task(host, ["register", "--at", "3:00", "--days", "fri,mon"]);

    expect(exitCode).toBe(0);
    expect(line).toMatchObject({
      event: "registered",
      starts: "always",
      startsAt: "02:55",
      weekdays: [1, 5],
      why: null,
    });
    expect(host.registered?.task.command[0]).toBe(process.execPath);
    expect(host.registered?.task.command.slice(2)).toEqual([
      "--home",
      "/tmp/home",
      "daemon",
      "--from-task",
    ]);
  });

  test("asks nobody for a password where the system wants none", async () => {
    const host = new FakeHost("macos");
    host.answer = { kind: "registered-while-signed-in", reason: said("only while signed in") };

    const { exitCode, line } = await task(host, ["register", "--at", "03:00"]);

    expect(exitCode).toBe(0);
    expect(line).toMatchObject({ starts: "while-signed-in", reason: "only while signed in" });
    expect(host.registered?.password).toBeUndefined();
  });

  test("gives Windows the password from standard input, and shows it nowhere", async () => {
    const host = new FakeHost("windows");
    const io = fakeCliIo({ stdin: "s3cret\n" });

    await task(host, ["register", "--at", "03:00", "--password-stdin"], io);

    expect(host.registered?.password).toBe("s3cret");
    expect(io.out() + io.err()).not.toContain("s3cret");
  });

  test.each(["no-password", "wrong-password", "no-rights", "unsupported", "failed"] as const)(
    "falls back to backups while the tool runs when refused: %s",
    async (why) => {
      const host = new FakeHost("linux");
      host.answer = { kind: "refused", why, reason: said("the system's words") };

      const { exitCode, line } = await task(host, ["register", "--at", "03:00"]);

      expect(exitCode).toBe(1);
      expect(line).toMatchObject({ event: "refused", starts: "while-tool-runs", why });
      expect(await words(host, "ja", ["register", "--at", "03:00"])).toContain(
        "専用ツールが起動している間だけ",
      );
      expect(await words(host, "en", ["register", "--at", "03:00"])).toContain(
        "only while the tool runs",
      );
    },
  );

  test("falls back likewise when the person cancels the question", async () => {
    const host = new FakeHost("windows");
    const stdin = Object.assign(new PassThrough(), { isTTY: true });
    const io = { ...fakeCliIo(), stdin };
    setTimeout(() => stdin.write("\u0003"), 50);

    const { exitCode, line } = await task(host, ["register", "--at", "03:00"], io);

    expect(exitCode).toBe(1);
    expect(line).toMatchObject({ event: "cancelled", starts: "while-tool-runs", why: "cancelled" });
    expect(host.registered).toBeUndefined();
  });

  test.each([
    [["register", "--days", "mon"]],
    [["register", "--at", "24:00"]],
    [["register", "--at", "3"]],
    [["register", "--at", "03:00", "--days", "someday"]],
    [["register", "--at", "03:00", "--password", "x"]],
  ])("%j is a usage error", async (args) => {
    expect((await task(new FakeHost(), args)).exitCode).toBe(2);
  });
});

describe("task status and task remove", () => {
  test("show what is registered, and take it away", async () => {
    const host = new FakeHost();
    await task(host, ["register", "--at", "00:02", "--days", "sun"]);

    expect(await words(host, "ja", ["status"])).toContain("土 23:57");
    expect((await task(host, ["status"])).line).toMatchObject({ event: "shown", weekdays: [6] });
    expect((await task(host, ["remove"])).line).toMatchObject({
      event: "removed",
      starts: "while-tool-runs",
      startsAt: null,
    });
    expect(await words(host, "en", ["status"])).toContain("No task is registered");
  });
});
