import { describe, expect, test } from "vitest";

import type { AgentApi } from "./agent-api.ts";
import { FakeHost } from "../testing/fake-host.ts";
import type { OutputLine } from "./views/output-schema.ts";
import { outputLineSchema } from "./views/output-schema.ts";
import { runCli } from "./run-cli.ts";
import type { AgentOpener } from "./command-runner.ts";
import { FakeAgent, opening } from "./testing/fake-agent.ts";
import { fakeCliIo } from "./testing/fake-cli-io.ts";
import { jobRecord } from "./testing/job-records.ts";
import { message, type Message } from "../../messages/message.ts";

/** A reason that somebody else said. */
function said(text: string): Message {
  return message("run.earlier-text", { text });
}

const MINUTE_MS = 60_000;

/** An agent whose schedule is held as a test says. */
function holding(start: AgentApi["schedule"]["start"]): AgentApi {
  const agent = new FakeAgent();
  return Object.assign(agent, { schedule: { ...agent.schedule, start } });
}

async function daemon(
  opener: AgentOpener,
  { args = ["--from-task"], language }: { args?: readonly string[]; language?: string } = {},
): Promise<{ exit: number; lines: OutputLine[]; out: string }> {
  const io = fakeCliIo();
  const host = new FakeHost();
  host.interactive = false;
  const how = language === undefined ? ["--json"] : ["--lang", language];
  const all = ["--home", "/tmp/home", ...how, "daemon", ...args];
  const exit = await runCli(all, io, opener, async () => host);
  const out = io.out();
  const lines = language === undefined ? out.trimEnd().split("\n") : [];
  return { exit, lines: lines.map((line) => outputLineSchema.parse(JSON.parse(line))), out };
}

const RUNS_ONE_SLOT: AgentApi["schedule"]["start"] = async (listeners) => {
  const job = jobRecord({ trigger: "schedule" });
  listeners?.onJob?.({ ...job, status: "running", endedAtMs: null, causes: [] });
  listeners?.onJob?.({ ...job, status: "communication-error", causes: ["B-CE-1"] });
  listeners?.onJob?.({ ...job, id: 2, status: "not-run", causes: ["B-NR-1"], endedAtMs: null });
  listeners?.onMail?.({ subject: "通信エラー", outcome: "waiting", reason: said("421 later") });
  listeners?.onMail?.({ subject: "通信エラー", outcome: "sent", reason: null });
  listeners?.onLook?.(Date.now() + 24 * 60 * MINUTE_MS);
};

describe("daemon", () => {
  test("tells what it holds, each job and each mail, as lines and in both languages", async () => {
    const opener = opening(holding(RUNS_ONE_SLOT));

    const { exit, lines } = await daemon(opener);

    expect(exit).toBe(0);
    expect(lines.map(({ type }) => type)).toEqual([
      "daemon",
      "job-started",
      "job-ended",
      "job-ended",
      "mail-try",
      "mail-try",
      "daemon",
    ]);
    expect(lines.at(0)).toMatchObject({ event: "started", loginId: "taro", sourceCount: 1 });
    expect(lines.at(-1)).toMatchObject({ event: "ended" });
    const ja = (await daemon(opener, { language: "ja" })).out;
    expect(ja).toContain("ログイン: taro、予定はまだありません");
    expect(ja).toContain("/home/taro/docs: 未完了（通信エラー）");
    expect(ja).toContain("未実行 (B-NR-1)");
    expect(ja).toContain("メールを送信しました: 通信エラー");
    expect((await daemon(opener, { language: "en" })).out).toContain("to be tried again");
  });

  test("started by the task with nobody signed in stays while a slot is soon or a mail waits", async () => {
    const mail = { id: 1, createdAtMs: 0, subject: "", attemptCount: 1, nextAttemptAtMs: 0 };
    let mails = [{ ...mail, lastReason: null }];
    let tell: ((nextAtMs: number | null) => void) | undefined;
    const agent = holding(async (listeners) => {
      tell = listeners?.onLook;
      tell?.(Date.now() + 5 * MINUTE_MS);
    });
    const outbox: AgentApi["mail"]["outbox"] = () => ({ mails, trouble: null });
    const waiting = Object.assign(agent, { mail: { ...agent.mail, outbox } });
    let hasEnded = false;
    const ended = daemon(opening(waiting)).then(() => (hasEnded = true));

    await new Promise((resolve) => setTimeout(resolve, 2_500));
    expect(hasEnded).toBe(false);
    tell?.(Date.now() + 24 * 60 * MINUTE_MS);
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    expect(hasEnded).toBe(false);

    mails = [];
    await ended;
  });

  test("on a full disk says that it waits for room, and when there is some", async () => {
    const agent = holding(async (listeners) => {
      listeners?.onRoom?.(false);
      listeners?.onRoom?.(true);
      listeners?.onLook?.(null);
    });

    const { exit, lines } = await daemon(opening(agent));

    expect(exit).toBe(0);
    const events = lines.map((line) => line.type === "daemon" && line.event);
    expect(events).toEqual(["started", "waits-for-room", "has-room", "ended"]);
    const ja = (await daemon(opening(agent), { language: "ja" })).out;
    expect(ja).toContain("空き容量がありません");
    expect((await daemon(opening(agent), { language: "en" })).out).toContain("has room again");
  });

  test("beside another one says so: an error for a person, none for the task", async () => {
    const opener: AgentOpener = {
      ...opening(new FakeAgent()),
      openDaemon: () => Promise.resolve(undefined),
    };

    const byPerson = await daemon(opener, { args: [] });
    const byTask = await daemon(opener);

    expect(byPerson).toMatchObject({ exit: 1, lines: [{ type: "error", code: "daemon-running" }] });
    expect(byTask).toMatchObject({
      exit: 0,
      lines: [{ type: "daemon", event: "already-running" }],
    });
  });

  test("whose schedule cannot be held ends with the reason", async () => {
    const agent = holding(() =>
      Promise.reject(Object.assign(new Error("no space left"), { code: "ENOSPC" })),
    );

    const { exit, lines } = await daemon(opening(agent), { args: [] });

    expect(exit).toBe(1);
    expect(lines.at(-1)).toMatchObject({ type: "error", message: "the disk is full" });
  });
});
