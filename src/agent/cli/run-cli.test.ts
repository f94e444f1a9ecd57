import { describe, expect, test } from "vitest";

import { AgentError } from "../agent-error.ts";
import { outputLineSchema } from "./views/output-schema.ts";
import { runCli } from "./run-cli.ts";
import { FakeAgent, opening } from "./testing/fake-agent.ts";
import { fakeCliIo, type FakeCliIo } from "./testing/fake-cli-io.ts";
import { fileRecord } from "./testing/job-records.ts";
import { message, type Message } from "../../messages/message.ts";

/** A reason that somebody else said. */
function said(text: string): Message {
  return message("run.earlier-text", { text });
}

const COMMANDS = [
  "login",
  "logout",
  "settings",
  "source add",
  "source remove",
  "source list",
  "backup run",
  "backup interrupt",
  "history",
  "history show",
  "rerun",
  "restore",
  "browse",
  "generations",
  "schedule",
  "schedule set",
  "schedule on",
  "schedule off",
  "schedule status",
  "daemon",
  "task register",
  "task remove",
  "task status",
  "capacity",
  "mail",
  "mail set",
  "mail test",
  "mail confirm",
  "mail on",
  "mail off",
  "mail status",
  "schema",
];

function linesOf(io: FakeCliIo): ReturnType<typeof outputLineSchema.parse>[] {
  return io
    .out()
    .trimEnd()
    .split("\n")
    .map((line) => outputLineSchema.parse(JSON.parse(line)));
}

describe("help", () => {
  test.each(COMMANDS)("of %s shows examples and exit codes in both languages", async (command) => {
    for (const [language, title] of [
      ["en", "Examples:"],
      ["ja", "例:"],
    ] as const) {
      const io = fakeCliIo();

      const exitCode = await runCli([...command.split(" "), "--help", "--lang", language], io);

      expect(exitCode).toBe(0);
      expect(io.out()).toContain(`${title}\n  `);
      expect(io.out()).toContain(`azukeru-agent ${command}`);
      expect(io.err()).toBe("");
    }
  });

  test("is Japanese where the locale is", async () => {
    const io = fakeCliIo({ env: { LC_ALL: "ja_JP.UTF-8" } });

    await runCli(["--help"], io);

    expect(io.out()).toContain("使い方: azukeru-agent");
  });
});

describe("usage errors", () => {
  test.each([
    [[]],
    [["bogus"]],
    [["source"]],
    [["source", "add"]],
    [["history", "mend"]],
    [["restore", "a"]],
    [["restore", "a", "b", "--file", "--folder"]],
    [["restore", "a", "b", "--folder", "--generation", "1"]],
    [["restore", "a", "b", "--generation", "0"]],
    [["restore", "a", "b", "--on-conflict", "destroy"]],
    [["restore", "a", "b", "--on-conflict", "ask"]],
    [["generations"]],
    [["browse", "--page", "x"]],
    [["rerun"]],
    [["rerun", "last"]],
    [["settings", "--compare-delete", "maybe"]],
    [["history", "--page", "0"]],
    [["history", "show", "x"]],
    [["history", "show", "1", "--status", "done"]],
    [["settings", "--include-hidden", "maybe"]],
    [["settings", "--bogus"]],
    [["capacity", "superfluous"]],
    [["--lang", "fr", "capacity"]],
    [["login", "--login-id", "taro"]],
    [["login", "--service", "ftp://x", "--login-id", "taro"]],
    [["login", "--service", "http://x/path", "--login-id", "taro"]],
    [["login", "--service", "http://x", "--login-id", "taro"]],
    [["mail"]],
    [["mail", "set", "--server", "x", "--from", "a@x"]],
    [["mail", "set", "--server", "x", "--from", "a@x", "--to", "b@x", "--port", "0"]],
    [["mail", "set", "--server", "x", "--from", "a@x", "--to", "b@x", "--ssl", "maybe"]],
    [["mail", "set", "--server", "x", "--from", "a@x", "--to", "b@x", "--user", "u"]],
  ])("%j exits 2 and says why", async (args) => {
    const io = fakeCliIo();

    const exitCode = await runCli(args, io, opening(new FakeAgent()));

    expect(exitCode).toBe(2);
    expect(io.err()).toMatch(/Error: |Usage: /);
    expect(io.out()).toBe("");
  });

  test("are an error line with --json", async () => {
    const io = fakeCliIo();

    expect(await runCli(["settings", "--bogus", "--json"], io)).toBe(2);

    expect(linesOf(io)).toMatchObject([{ type: "error", code: "usage", exitCode: 2 }]);
    expect(io.err()).toBe("");
  });

  test.each([
    [["login", "--password=hunter2", "--service", "http://x", "--login-id", "taro"]],
    [["login", "--service", "http://taro:hunter2@x", "--login-id", "taro"]],
    [["mail", "set", "--password=hunter2", "--server", "x", "--from", "a@x", "--to", "b@x"]],
  ])("do not repeat a password typed by mistake: %j", async (args) => {
    for (const json of [[], ["--json"]]) {
      const io = fakeCliIo({ stdin: "secret" });

      expect(await runCli([...args, ...json, "--debug"], io, opening(new FakeAgent()))).toBe(2);

      expect(io.out() + io.err()).not.toContain("hunter2");
    }
  });
});

describe("errors of the agent", () => {
  const failing = (thrown: Error): FakeAgent => {
    const agent = new FakeAgent();
    const stored = { ...agent.stored, capacity: () => Promise.reject(thrown) };
    return Object.assign(agent, { stored });
  };
  const refusing = (code: "not-logged-in" | "invalid-setting"): FakeAgent =>
    failing(new AgentError(code, said("because of X")));

  test("say what, why and what to do, and exit 1", async () => {
    const io = fakeCliIo();

    expect(await runCli(["capacity"], io, opening(refusing("not-logged-in")))).toBe(1);

    expect(io.err()).toBe(
      "Error: Nobody is logged in.\n  because of X\n" +
        "  What to do: Log in with azukeru-agent login, then try again.\n",
    );
  });

  test("about a value that was given exit 2", async () => {
    expect(await runCli(["capacity"], fakeCliIo(), opening(refusing("invalid-setting")))).toBe(2);
  });

  test.each([
    [["source", "add", ""], "<PATH>"],
    [["restore", "x", ""], "<TO>"],
    [["backup", "run", "1", ""], "<SOURCE>"],
    [["--home", "", "history"], "--home"],
    [["settings", "--device-name", ""], "--device-name"],
  ])("about something empty that was given exit 2 and open nothing: %j", async (args, named) => {
    const io = fakeCliIo();
    const opener = opening(failing(new TypeError("opened")));

    expect(await runCli(args, io, opener)).toBe(2);
    expect(io.err()).toContain(named);
  });

  test("show a stack trace with --debug only", async () => {
    for (const debug of [true, false]) {
      const io = fakeCliIo();
      const agent = failing(new TypeError("broken"));

      expect(await runCli(debug ? ["capacity", "--debug"] : ["capacity"], io, opening(agent))).toBe(
        1,
      );

      expect(io.err().includes("    at ")).toBe(debug);
    }
  });
});

describe("--json", () => {
  test.each([
    ["login --service http://x:1 --login-id taro --password-stdin", ["account"]],
    ["settings --device-name other", ["settings"]],
    ["source add docs", ["source"]],
    ["source list", ["source"]],
    ["source remove 1", ["source"]],
    ["history", ["job", "page"]],
    ["history show 1", ["job", "file", "page"]],
    ["history restore", ["job", "page"]],
    ["history delete", ["job", "page"]],
    ["browse", ["entry", "entry", "page"]],
    ["generations docs/a.txt", ["generation"]],
    ["restore docs back", ["job-started", "progress", "file", "job-ended", "summary"]],
    ["settings --compare-upload on --compare-delete on", ["settings"]],
    ["rerun 1", ["error"]],
    ["capacity", ["capacity"]],
    ["mail set --server x --user u --password-stdin --from a@x --to b@x c@x", ["mail"]],
    ["mail test", ["mail"]],
    ["mail confirm", ["mail"]],
    ["mail on", ["mail"]],
    ["mail off", ["mail"]],
    ["mail status", ["mail"]],
    ["backup run", ["job-started", "progress", "file", "job-ended", "summary"]],
    ["backup run 2", ["error"]],
  ])("%s prints %j", async (command, types) => {
    const io = fakeCliIo({ stdin: "secret\n" });

    await runCli([...command.split(" "), "--json"], io, opening(new FakeAgent()));

    expect(linesOf(io).map(({ type }) => type)).toEqual(types);
    expect(io.err()).toBe("");
  });
});

describe("backup run", () => {
  const files = [
    fileRecord({ position: 1, status: "no-difference" }),
    fileRecord({
      position: 2,
      path: "secret\u001b[2J.txt",
      status: "access-denied",
      causes: ["B-AD-1"],
    }),
  ];
  const incomplete = new FakeAgent({ status: "access-denied", causes: ["B-AD-1"] }, files);

  test("exits 3 when a job did not complete, and names file, cause and remedy", async () => {
    const io = fakeCliIo();

    expect(await runCli(["backup", "run"], io, opening(incomplete))).toBe(3);

    expect(io.out()).toContain("Incomplete (access denied)  /home/taro/docs");
    expect(io.out()).toContain("Cause: A file could not be saved");
    expect(io.out()).toContain("What to do: Find the file");
    expect(io.out()).toContain("    Incomplete (access denied)  secret\\u{1b}[2J.txt");
  });

  test("leaves files without difference out, unless --verbose", async () => {
    for (const [option, statuses] of [
      [[], ["access-denied"]],
      [["--verbose"], ["no-difference", "access-denied"]],
    ] as const) {
      const io = fakeCliIo();

      expect(await runCli(["backup", "run", "--json", ...option], io, opening(incomplete))).toBe(3);

      const found = linesOf(io).flatMap((line) => (line.type === "file" ? [line.status] : []));
      expect(found).toEqual(statuses);
      expect(linesOf(io).at(-1)).toMatchObject({ type: "summary", exitCode: 3, completed: false });
    }
  });

  test("speaks Japanese with the product's labels", async () => {
    const io = fakeCliIo();

    await runCli(["backup", "run", "--lang", "ja"], io, opening(incomplete));

    expect(io.out()).toContain("未完了（アクセス不可）  /home/taro/docs");
    expect(io.out()).toContain("対処: ");
  });
});
