import { describe, expect, test } from "vitest";

import { standIns } from "../testing/stand-in-programs.ts";
import { NodePrograms } from "./node-programs.ts";
import { message } from "../../messages/message.ts";

// What runs on Windows has no such scripts.
describe.skipIf(process.platform === "win32")("another program", () => {
  test("gets its arguments as they are, with no shell between, and its input", async () => {
    using given = standIns({ tool: 'cat "$INPUT"; echo trouble >&2; exit 3' });
    const args = ["a b", "$HOME", "`id`", '"', "; exit 9"];

    const end = await given.programs.run({ program: "tool", args, stdin: "秘密\n" });

    expect(end).toEqual({ kind: "ended", exitCode: 3, stdout: "秘密\n", stderr: "trouble\n" });
    expect(given.calls()).toEqual([{ program: "tool", args, stdin: "秘密\n" }]);
  });

  test("that is not there is missing, and one that may not be run as well", async () => {
    using given = standIns({});

    expect(await given.programs.run({ program: "no-such-tool", args: [] })).toEqual({
      kind: "missing",
    });
  });

  test("is ended at its time limit, and its arguments are not repeated", async () => {
    using given = standIns({ tool: "exec sleep 30" });

    const end = await given.programs.run({ program: "tool", args: ["argument"], timeLimitMs: 200 });

    expect(end).toEqual({ kind: "cut-off", reason: message("task.took-too-long") });
  });

  test("is ended when it writes more than it may", async () => {
    using given = standIns({ tool: "yes" });

    const end = await given.programs.run({ program: "tool", args: [], outputBytesMax: 1_000 });

    expect(end).toEqual({ kind: "cut-off", reason: message("task.wrote-too-much") });
  });

  test("may end without reading what it is given", async () => {
    const programs = new NodePrograms();

    const end = await programs.run({ program: "true", args: [], stdin: "x".repeat(1_000_000) });

    expect(end).toMatchObject({ kind: "ended", exitCode: 0 });
  });

  test.each([
    ["UTF-16 with a mark", Buffer.from("\uFEFFエラー", "utf16le"), "エラー"],
    ["UTF-16 without one", Buffer.from("<Task>", "utf16le"), "<Task>"],
    ["UTF-8", Buffer.from("エラー"), "エラー"],
    ["the Japanese code page", Buffer.from([0x83, 0x47, 0x83, 0x89, 0x81, 0x5b]), "エラー"],
  ])("is understood in %s", async (_, bytes, text) => {
    using given = standIns({
      tool: `printf '${[...bytes].map((byte) => `\\${byte.toString(8).padStart(3, "0")}`).join("")}'`,
    });

    expect(await given.programs.run({ program: "tool", args: [] })).toMatchObject({ stdout: text });
  });
});

test("on Windows a program is taken from the system's folder alone", async () => {
  const programs = new NodePrograms({ platform: "win32", env: { SystemRoot: "/nowhere" } });

  expect(await programs.run({ program: "true", args: [] })).toEqual({ kind: "missing" });
});
