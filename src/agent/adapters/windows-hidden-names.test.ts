import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, describe, expect, test } from "vitest";
import { windowsHiddenNames } from "./windows-hidden-names.ts";

const root = mkdtempSync(join(tmpdir(), "hidden-names-"));

afterAll(() => rmSync(root, { recursive: true, force: true }));

/** A script in the place of cmd.exe: prints a text as cmd does, and ends with a code. */
function standIn(text: string, exitCode = 0): string {
  const output = join(root, "output");
  writeFileSync(output, Buffer.from(text, "utf16le"));
  return script(`cat '${output}'; exit ${exitCode}`);
}

function script(lines: string): string {
  const path = join(root, "cmd");
  writeFileSync(path, `#!/bin/sh\n${lines}\n`);
  chmodSync(path, 0o755);
  return path;
}

// What runs on Windows has no such scripts.
describe.skipIf(process.platform === "win32")("hidden names", () => {
  test("are the lines of cmd's output in UTF-16, whatever characters they hold", async () => {
    const command = standIn("desktop.ini\r\nサム ネイル\r\n\u{1F600}.db\r\n");

    const names = await windowsHiddenNames("C:\\docs", command);

    expect(names).toEqual(new Set(["desktop.ini", "サム ネイル", "\u{1F600}.db"]));
  });

  test("are none when cmd finds none, which it says by its exit code", async () => {
    expect(await windowsHiddenNames("C:\\docs", standIn("", 1))).toEqual(new Set());
  });

  test("cannot be told when cmd fails otherwise, or is not there", async () => {
    await expect(windowsHiddenNames("C:\\docs", standIn("", 2))).rejects.toThrow("Command failed");
    await expect(windowsHiddenNames("C:\\docs", join(root, "gone"))).rejects.toThrow("ENOENT");
  });

  test.each(["C:\\a&calc", "C:\\%PATH%", "C:\\a b & c", "C:\\^x|y"])(
    "are asked for without cmd reading the folder's name as a command: %s",
    async (folder) => {
      const output = join(root, "seen");
      const command = script(
        `printf '%s\\n' "$@" > '${output}'; printf '%s' "$AZUKERU_FOLDER" >> '${output}'`,
      );

      await windowsHiddenNames(folder, command);

      const [...args] = readFileSync(output, "utf8").split("\n");
      expect(args.pop()).toBe(folder);
      expect(args.join(" ")).not.toContain(folder);
      expect(args.join(" ")).toContain('"!AZUKERU_FOLDER!"');
      expect(args).toContain("/v:on");
    },
  );
});
