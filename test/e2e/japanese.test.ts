import { once } from "node:events";
import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import type { Command } from "commander";
import { describe, expect, onTestFinished, test } from "vitest";

import { CommandRunner } from "../../src/agent/cli/command-runner.ts";
import { buildProgram } from "../../src/agent/cli/program.ts";
import { fakeCliIo } from "../../src/agent/cli/testing/fake-cli-io.ts";
import { FakeAgent, opening } from "../../src/agent/cli/testing/fake-agent.ts";
import { agentWorld, type AgentWorld } from "./support/agent-world.ts";
import { englishIn } from "./support/english-in.ts";
import { startCommand, startProgram } from "./support/own-command.ts";
import { Redactor } from "../../src/messages/redactor.ts";
import { applyMutant } from "../../src/scenarios/mutants/apply-mutant.ts";
import { readMutants } from "../../src/scenarios/mutants/read-mutants.ts";

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
  const { ended } = startCommand("azukeru-sim", ["--lang", "ja", ...args]);
  const { stdout, stderr } = await ended;
  return `${stdout}\n${stderr}`;
}

/** The commands below a command of azukeru-sim, by its own help. */
async function simulatorCommands(): Promise<readonly string[]> {
  const [, list = ""] = (await simulator("--help")).split("コマンド:\n");
  const [own = ""] = list.split("\n\n");
  return [...own.matchAll(/^ {2}([a-z]+)/gm)].map(([, name = ""]) => name);
}

/** A copy of the project in which something is removed, so that a law breaks. */
function brokenProject(name: string): string {
  const project = fileURLToPath(new URL("../../", import.meta.url));
  const mutant = readMutants(join(project, "fixtures/mutants")).find((one) => one.name === name);
  if (mutant === undefined) throw new Error(`there is no mutant ${name}`);
  const copy = applyMutant(project, mutant);
  onTestFinished(() => copy[Symbol.dispose]());
  return copy.folder;
}

/** What a command says that finds a law broken, in such a copy. */
async function breaking(folder: string, args: readonly string[]): Promise<string> {
  const command = [join(folder, "bin/azukeru-sim.js"), "--lang", "ja", ...args];
  const { stdout, stderr, exitCode } = await startProgram(process.execPath, command).ended;
  const said = `${stdout}\n${stderr}`;
  expect([args, exitCode, englishIn(said)]).toEqual([args, 1, []]);
  return said;
}

/** The first breach on a line about a run. */
function breachOf(line: string): unknown {
  const { breaches } = JSON.parse(line) as { readonly breaches: readonly unknown[] };
  return breaches[0];
}

describe("with --lang ja nothing of azukeru-sim is English:", () => {
  test.each([
    [["--help"], "使い方: "],
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
    [["replay", "fixtures/scenarios/the-night.yaml", "--trace"], "すべての決まりが守られました"],
    [["scenarios", "--runs", "200", "--shard", "1/100", "--json"], "verdict"],
    [["merge", "/nowhere"], "/nowhere"],
    [["sweep", "--day", "backup", "--point", "999999"], "999999 はありません"],
    [["sweep", "--day", "backup", "--point", "3"], "すべての決まりが守られました"],
    [["exec", "--", process.execPath, "--eval", "0"], ""],
    [["exec", "--", "/nowhere/program"], "/nowhere/program"],
    [["mutants", "--list"], "取り除いたもの"],
    [["mutants", "--only", "x"], "というミュータントはありません"],
    [["mutants", "--only"], "--only"],
    [["mutants", "--onyl", "x"], "--only のことですか?"],
    [["mutants", "--runs", "x", "--only", "no-retry"], "整数"],
    [["mutants", "--time-limit", "x", "--only", "no-retry"], "整数"],
    [["mutants", "no-retry"], "引数"],
  ])(
    "%j",
    async (args, wanted) => {
      const said = await simulator(...args);

      expect(englishIn(said)).toEqual([]);
      expect(said).toContain(wanted);
    },
    120_000,
  );

  test("the help of every command", async () => {
    const commands = await simulatorCommands();
    expect(commands).toEqual(expect.arrayContaining(["serve", "exec", "replay", "sweep"]));
    for (const name of commands) {
      const help = await simulator(...(name === "help" ? [name, "serve"] : [name, "--help"]));
      expect([name, englishIn(help)]).toEqual([name, []]);
      expect(help).toMatch(/使い方: /);
    }
  }, 60_000);

  test.each([["serve"], ["serve", "--json"], ["serve", "--smtp-port", "0"]])(
    "%j %j, from its start to its end",
    async (...args) => {
      const { process: child, ended } = startCommand("azukeru-sim", ["--lang", "ja", ...args]);
      await once(child.stdout ?? child, "data");
      child.kill("SIGTERM");
      const { stdout, stderr, exitCode } = await ended;
      expect([stdout, stderr].flatMap(englishIn)).toEqual([]);
      expect([stdout, exitCode]).toEqual([expect.stringContaining("127.0.0.1"), 0]);
    },
  );

  test("a law that broke, whatever the command, and the file that is written of it", async () => {
    const folder = brokenProject("no-upload");
    const out = join(folder, "out");
    const broken = (...args: readonly string[]): Promise<string> => breaking(folder, args);
    const night = "fixtures/scenarios/the-night-with-deletions-and-a-restore.yaml";

    expect(await broken("replay", night)).toContain("サービスにそのファイルがありません");
    // A part of a series: a few runs of it, and of these some are generated.
    const part = ["--runs", "300", "--shard", "1/100", "--only", "backup", "--no-shrink"];
    const series = ["scenarios", ...part];
    expect(await broken(...series, "--out", out)).toContain("決まりを破りました");
    const [name = ""] = readdirSync(out);
    const [title = ""] = readFileSync(join(out, name), "utf8").split("\n");
    expect([title, englishIn(title)]).toEqual([expect.stringMatching(/^title: .*です|ません/), []]);
    const lines = (await broken(...series, "--json", "--out", out)).split("\n");
    const breaches = lines.filter((line) => line.includes('"kind":"run"')).map(breachOf);
    expect(breaches).toContainEqual({
      law: expect.stringMatching(/^I\d$/),
      code: "checked-job.at",
      params: expect.objectContaining({ what: expect.objectContaining({ params: {} }) }),
      message: expect.stringContaining("バックアップ"),
    });
  }, 240_000);

  test("a law that broke at a point of the sweep", async () => {
    const folder = brokenProject("orphans-stay-open");
    // Some points before the first of a job, which such a copy leaves running for ever.
    const sweep = ["sweep", "--day", "backup", "--first", "18", "--kill", "--fail-fast"];

    expect(await breaking(folder, sweep)).toContain("まだ実行中です");
    const lines = (await breaking(folder, [...sweep, "--json"])).split("\n");
    const breaches = lines.filter((line) => line.includes('"law":')).map(breachOf);
    expect(breaches).toContainEqual({
      law: expect.any(String),
      code: "checked-job.of",
      params: expect.objectContaining({ job: expect.objectContaining({ params: { id: 3 } }) }),
      message: expect.stringContaining("バックアップ3"),
    });
  }, 120_000);
});
