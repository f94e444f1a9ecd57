import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { afterAll, describe, expect, test } from "vitest";

import { commandFile, startCommand, startProgram } from "./support/own-command.ts";

const project = fileURLToPath(new URL("../../", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "azukeru-serve-"));

afterAll(() => rmSync(folder, { recursive: true }));

/** What has not come by then does not come. */
const PATIENCE_MS = 10 * 60_000;

/** Resolves once it is so. */
async function until(what: string, isSo: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  while (!(await isSo())) {
    if (performance.now() > deadline) throw new Error(`${what} never came`);
    await new Promise((resolve) => void setTimeout(resolve, 50));
  }
}

/** What a file holds; undefined while it is not there. */
function textIn(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

async function isServing(url: string): Promise<boolean> {
  try {
    await fetch(`${url}/_sim/health`);
    return true;
  } catch {
    return false;
  }
}

/** The service's URL once its ready file is there. */
async function urlIn(file: string): Promise<string> {
  await until("the ready file", () => existsSync(file));
  return (JSON.parse(readFileSync(file, "utf8")) as { service: string }).service;
}

/** A program with its process alone: a signal reaches nothing that it started. */
function start(program: string, args: readonly string[]): ChildProcess {
  return spawn(program, args, { cwd: project, stdio: "ignore", detached: true });
}

describe("serve --ready-file", () => {
  test("is there whole once the service listens, for nobody else to read, and gone when it has ended", async () => {
    const file = join(folder, "ready.json");
    writeFileSync(file, "of an earlier service");
    const command = startCommand("azukeru-sim", ["serve", "--ready-file", file]);
    await until("the ready file", () => textIn(file)?.startsWith("{") === true);

    const ready = JSON.parse(readFileSync(file, "utf8")) as { service: string };
    expect(await isServing(ready.service)).toBe(true);
    expect(statSync(file).mode & 0o077).toBe(0);

    command.process.kill("SIGTERM");
    const { exitCode, stdout } = await command.ended;
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toEqual(ready);
    expect(existsSync(file)).toBe(false);
  });

  test("that cannot be written is told, and nothing is left listening", async () => {
    const file = join(folder, "no-folder", "ready.json");
    const { exitCode, stderr } = await startCommand("azukeru-sim", ["serve", "--ready-file", file])
      .ended;
    expect(exitCode).toBe(2);
    expect(stderr).toContain(`${file} cannot be written`);
  });
});

describe("a service ends", () => {
  const serve = `"${process.execPath}" "${commandFile("azukeru-sim")}" serve --ready-file`;

  test.each<[string, string, NodeJS.Signals]>([
    ["the shell that started it", "sh", "SIGKILL"],
    ["npx, asked to end", "npx", "SIGTERM"],
    ["npx, killed", "npx", "SIGKILL"],
  ])("with %s", async (name, program, signal) => {
    const file = join(folder, `${name.replaceAll(/\W/g, "-")}.json`);
    const args =
      program === "sh"
        ? ["-c", `${serve} "${file}" & wait`]
        : ["--no-install", "azukeru-sim", "serve", "--ready-file", file];
    const parent = start(program, args);
    const url = await urlIn(file);
    expect(await isServing(url)).toBe(true);

    parent.kill(signal);
    await until("the end of the service", async () => !(await isServing(url)));
    await until("the end of the ready file", () => !existsSync(file));
  });

  test("not with its parent when it is told to outlive it", async () => {
    const file = join(folder, "outlive.json");
    const parent = start("sh", [
      "-c",
      `${serve} "${file}" --outlive-parent & echo $! > "${file}.pid"; wait`,
    ]);
    const url = await urlIn(file);

    parent.kill("SIGKILL");
    // Twice as long as it would take to notice.
    await new Promise((resolve) => void setTimeout(resolve, 1500));
    expect(await isServing(url)).toBe(true);

    process.kill(Number(readFileSync(`${file}.pid`, "utf8")), "SIGTERM");
    await until("the end of the service", async () => !(await isServing(url)));
  });
});

describe("exec", () => {
  test("runs a command beside a service, and ends as it did", async () => {
    const script = `
        const answer = await fetch(process.env.AZUKERU_SIM_CONTROL + "/health");
        const { AZUKERU_SIM_SERVICE, AZUKERU_SIM_LOGIN_ID, AZUKERU_PASSWORD } = process.env;
        console.log(JSON.stringify([answer.status, AZUKERU_SIM_SERVICE, AZUKERU_SIM_LOGIN_ID, AZUKERU_PASSWORD]));
        process.exit(7);`;
    const args = ["exec", "--", process.execPath, "--input-type=module", "-e", script];
    const { exitCode, stdout } = await startCommand("azukeru-sim", args).ended;

    const [status, url, loginId, password] = JSON.parse(stdout) as [number, string, string, string];
    expect([exitCode, status, loginId, password]).toEqual([7, 200, "demo", "demo-password"]);
    expect(await isServing(url)).toBe(false);
  });

  test("says that there is no such command", async () => {
    const { exitCode, stderr } = await startCommand("azukeru-sim", [
      "exec",
      "--",
      "no-such-command",
    ]).ended;
    expect([exitCode, stderr]).toEqual([127, expect.stringContaining("no-such-command")]);
  });
});

describe("the blocks of the README", () => {
  const readme = readFileSync(join(project, "README.md"), "utf8");
  const blocks = [...readme.matchAll(/```sh\n(.*?)```/gs)].flatMap(([, text = ""]) =>
    text.includes("npx azukeru-") && !text.includes("<") ? [text] : [],
  );

  test("are the two that are tried here", () => {
    expect(blocks).toHaveLength(2);
    expect(blocks[0]).toMatch(/^make setup\n/);
  });

  test.each([
    [0, /hello\n$/],
    [1, /"event":"listening"/],
  ] as const)("block %i works when it is pasted whole", async (at, shown) => {
    // What is set up already is not set up again under the tests that run beside this one.
    const lines = (blocks[at] ?? "").replace(/^make setup\n/, "");
    const script = `cd "${project}" && set -e\n${lines}`;
    const env = { TMPDIR: folder, AZUKERU_PASSWORD: "" };
    const { exitCode, stdout, stderr } = await startProgram("sh", ["-c", script], env).ended;

    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: expect.any(String) as string });
    expect(stdout).toMatch(shown);
  });
});
