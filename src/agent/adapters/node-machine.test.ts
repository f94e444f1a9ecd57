import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, test } from "vitest";

import type { ProgramEnd } from "../ports/programs.ts";
import { NodeMachine, type NodeMachineOptions } from "./node-machine.ts";

const ID = "0123456789abcdef0123456789abcdef";

function fileWith(text: string): string {
  const path = join(mkdtempSync(join(tmpdir(), "machine-")), "machine-id");
  writeFileSync(path, text);
  return path;
}

function linux(...idPaths: readonly string[]): Promise<string | null> {
  return new NodeMachine({ platform: "linux", idPaths }).id();
}

function saying(
  platform: NodeJS.Platform,
  end: ProgramEnd,
): { readonly id: Promise<string | null>; readonly calls: readonly string[] } {
  const calls: string[] = [];
  const programs: NodeMachineOptions["programs"] = async () => ({
    async run({ program, args }) {
      calls.push([program, ...args].join(" "));
      return end;
    },
  });
  return { id: new NodeMachine({ platform, programs }).id(), calls };
}

test("Linux: what the system calls itself, and never that text itself", async () => {
  const id = await linux("/nowhere", fileWith(`${ID}\n`));
  expect(id).toMatch(/^[0-9a-f]{64}$/);
  expect(id).not.toContain(ID);
  expect(await linux(fileWith(ID))).toBe(id);
  expect(await linux(fileWith(ID.replace("0", "f")))).not.toBe(id);
});

test.each([
  ["no file", "/nowhere"],
  ["one that is yet to be made", fileWith("uninitialized\n")],
  ["an empty one", fileWith("")],
])("Linux: %s tells nothing", async (_, path) => {
  expect(await linux(path)).toBeNull();
});

test("macOS and Windows: what their programs say", async () => {
  const stdout = {
    darwin: '      "IOPlatformUUID" = "5A1F0F6E-0000-4000-8000-000000000001"\n',
    win32:
      "\r\nHKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Cryptography\r\n    MachineGuid    REG_SZ    5a1f0f6e-1\r\n",
  };
  for (const platform of ["darwin", "win32"] as const) {
    const asked = saying(platform, {
      kind: "ended",
      exitCode: 0,
      stdout: stdout[platform],
      stderr: "",
    });
    expect(await asked.id).toMatch(/^[0-9a-f]{64}$/);
    expect(asked.calls).toHaveLength(1);
    expect(await saying(platform, { kind: "missing" }).id).toBeNull();
  }
});
