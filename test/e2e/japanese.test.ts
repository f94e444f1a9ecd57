import { chmodSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Command } from "commander";
import { describe, expect, onTestFinished, test } from "vitest";

import { CommandRunner } from "../../src/agent/cli/command-runner.ts";
import { buildProgram } from "../../src/agent/cli/program.ts";
import { fakeCliIo } from "../../src/agent/cli/testing/fake-cli-io.ts";
import { FakeAgent, opening } from "../../src/agent/cli/testing/fake-agent.ts";
import { agentWorld, type AgentWorld } from "./support/agent-world.ts";
import { englishIn } from "./support/english-in.ts";
import { startCommand } from "./support/own-command.ts";
import { Redactor } from "../../src/messages/redactor.ts";

test("a sentence is found, and a name, a code or an option is not", () => {
  expect(englishIn("エラー: the disk is full")).toEqual(["the disk is full"]);
  for (const text of ["--on-conflict ask", "HTTP 503", "$ azukeru-sim exec -- npm test", "a b c"]) {
    expect(englishIn(text)).toEqual([]);
  }
});

/** Every command of the program as words, groups of commands included. */
function commandsOf(
  command: Command,
  above: readonly string[] = [],
): readonly (readonly string[])[] {
  return command.commands.flatMap((below) => {
    const words = [...above, below.name()];
    return [words, ...commandsOf(below, words)];
  });
}

const io = fakeCliIo();
const runner = new CommandRunner({
  io,
  language: "ja",
  opener: opening(new FakeAgent()),
  redactor: new Redactor(),
});
const COMMANDS = commandsOf(buildProgram(io, runner));

async function japanese(world: AgentWorld, ...args: readonly string[]): Promise<string> {
  const { out, err } = await world.run(["--lang", "ja", ...args]);
  return `${out}\n${err}`;
}

describe("with --lang ja nothing of azukeru-agent is English:", () => {
  test("the help of every command", async () => {
    const world = await agentWorld();
    expect(COMMANDS.length).toBeGreaterThan(25);
    for (const words of [[], ...COMMANDS]) {
      const help = await japanese(world, ...words, "--help");
      expect([words, englishIn(help)]).toEqual([words, []]);
      expect(help).toMatch(/使い方: /);
    }
  });

  test("every command without what it needs, or with too much", async () => {
    const world = await agentWorld();
    for (const words of COMMANDS) {
      for (const rest of [[], ["--nonsense"], ["a", "b", "c", "d"], ["--page"], [""]]) {
        // These stay, or ask the machine.
        if (["daemon", "task"].includes(words[0] ?? "") && rest.length === 0) continue;
        const said = await japanese(world, ...words, ...rest);
        expect([words, rest, englishIn(said)]).toEqual([words, rest, []]);
      }
    }
  });

  test("what is refused, and what a backup, a restore and their history say", async () => {
    const world = await agentWorld();
    await world.prepare();
    world.write({ "a.txt": "a", "b.txt": "b", "x:y": "1", unreadable: "u", ".hidden/a": "h" });
    symlinkSync("a.txt", join(world.source, "link"));
    chmodSync(join(world.source, "b.txt"), 0o000);
    const target = mkdtempSync(join(tmpdir(), "restored-"));
    onTestFinished(() => rmSync(target, { recursive: true }));
    writeFileSync(join(target, "a.txt"), "another");
    const all: string[] = [];
    const say = async (...args: readonly string[]): Promise<void> => {
      const said = await japanese(world, ...args);
      expect([args, englishIn(said)]).toEqual([args, []]);
      all.push(said);
    };
    for (const args of [
      ["source", "add", world.source],
      ["source", "add", join(world.source, "a.txt")],
      ["source", "add", "/nowhere/at/all"],
      ["source", "add", world.home],
      ["source", "list"],
      ["settings", "--device-name", "a:b"],
      ["settings"],
      ["backup", "run"],
      ["backup", "run", "--source", "9"],
      ["history"],
      ["history", "show", "1"],
      ["history", "show", "99"],
      ["history", "--page", "7"],
      ["rerun", "1", "--yes"],
      ["browse"],
      ["browse", "nowhere"],
      ["browse", "セキュリティ領域/nowhere"],
      ["generations", join(world.source, "a.txt")],
      ["generations", join(world.source, "zzz")],
      ["restore", world.source, target],
      ["restore", join(world.source, "zzz"), target],
      ["restore", world.source, "/nowhere/at/all"],
      ["restore", world.source, target, "--generation", "3"],
      ["history", "restore"],
      ["history", "show", "3"],
      ["capacity"],
      ["schedule", "set", "--at", "03:00"],
      ["schedule", "status"],
      ["schedule", "set", "--at", "25:00"],
      ["mail", "status"],
      ["mail", "set", "--server", "127.0.0.1", "--port", "1", "--to", "not-an-address"],
      ["mail", "set", "--server", "127.0.0.1", "--port", "1", "--to", "a@example.com"],
      ["mail", "test"],
      ["mail", "confirm"],
      ["mail", "on"],
      ["backup", "interrupt"],
      ["logout"],
      ["login", "--service", "http://127.0.0.1:1", "--login-id", "x"],
      ["login", "--service", "ftp://x", "--login-id", "x"],
      ["backup", "run"],
    ]) {
      await say(...args);
    }
    expect(all.join("\n")).toContain("未完了（");
  }, 60_000);

  test("a service that cannot be reached, and a home folder that cannot be used", async () => {
    const world = await agentWorld();
    const login = ["login", "--service", "http://127.0.0.1:1", "--login-id", "x"];
    const refused = await world.run(["--lang", "ja", ...login], { env: { AZUKERU_PASSWORD: "x" } });
    expect([refused.exit, englishIn(refused.err)]).toEqual([1, []]);
    expect(refused.err).toContain("サービスにつながりません");

    const unusable = await world.run(["--home", "/dev/null/home", "--lang", "ja", "history"]);
    expect([unusable.exit, englishIn(unusable.err)]).toEqual([1, []]);
  });
});

async function simulator(...args: readonly string[]): Promise<string> {
  const { ended } = startCommand("azukeru-sim", [...args, "--lang", "ja"]);
  const { stdout, stderr } = await ended;
  return `${stdout}\n${stderr}`;
}

describe("with --lang ja nothing of azukeru-sim is English:", () => {
  test.each([
    [["--help"], "使い方: "],
    [["serve", "--help"], "使い方: "],
    [["exec", "--help"], "使い方: "],
    [["scenarios", "--help"], "使い方: "],
    [["replay", "--help"], "使い方: "],
    [["sweep", "--help"], "使い方: "],
    [["mutants", "--help"], "使い方: "],
    [["serv"], "serve のことですか?"],
    [["serve", "--port", "x"], "ポート番号"],
    [["serve", "--account", "/nowhere"], "読み取れません"],
    [["serve", "--tls-key", "x"], "両方を指定"],
    [["scenarios", "--runs", "-"], "整数"],
    [["scenarios", "--only", "x"], "使えません"],
    [["replay", "/nowhere"], "読み取れません"],
    [["replay", "package.json"], "知らないキー"],
    [["replay", "fixtures/scenarios/the-night.yaml"], "すべての決まりが守られました"],
    [["scenarios", "--runs", "1", "--only", "restore", "--workers", "1"], "到達"],
    [["sweep", "--day", "backup", "--point", "999999"], "999999 はありません"],
    [["mutants", "--only", "x"], "というミュータントはありません"],
  ])(
    "%j",
    async (args, wanted) => {
      const said = await simulator(...args);

      expect(englishIn(said)).toEqual([]);
      expect(said).toContain(wanted);
    },
    120_000,
  );
});
