import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { startCommand } from "../e2e/support/own-command.ts";
import { startService } from "../e2e/support/service-process.ts";

/**
 * One JSON line for each command of a fixed series on a served service: arguments, exit code, both
 * outputs; each command in words in both languages and with `--json`. Times, ports, paths and sizes
 * that differ from run to run are masked.
 */
export async function* recordCommands(): AsyncGenerator<string> {
  const folder = mkdtempSync(join(tmpdir(), "azukeru-behaviour-"));
  const source = join(folder, "資料");
  const target = join(folder, "back");
  mkdirSync(join(source, "下"), { recursive: true });
  mkdirSync(target);
  const modified = new Date("2026-01-05T01:02:03Z");
  const write = (path: string, content: string): void => {
    writeFileSync(join(source, path), content);
    utimesSync(join(source, path), modified, modified);
  };
  write("a.txt", "one");
  write("下/b.txt", "two");
  write("bad:name.txt", "three");
  await using service = await startService([]);
  const { account } = service.access;
  const mask = (text: string): string =>
    text
      .replaceAll(folder, "<folder>")
      .replaceAll(service.access.service, "<service>")
      .replaceAll(/\b\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)/g, "<time>")
      .replaceAll(/\d{4}[-/]\d\d[-/]\d\d[ T]\d\d:\d\d(?::\d\d)?/g, "<time>")
      .replaceAll(/\b\d{13}\b/g, "<ms>")
      .replaceAll(/"id":"[0-9a-f-]{8,}"/g, '"id":"<id>"');
  for (const args of commandsOn({ source, target, url: service.access.service, account })) {
    const forms = args[0] === "login" || isDone(args) ? [["--json"]] : FORMS;
    for (const form of forms) {
      const { exitCode, stdout, stderr } = await startCommand("azukeru-agent", [...args, ...form], {
        AZUKERU_HOME: join(folder, "home"),
        AZUKERU_PASSWORD: account.password,
        TZ: "Asia/Tokyo",
        LANG: "C.UTF-8",
        NO_COLOR: "1",
        COLUMNS: "120",
      }).ended;
      const line = {
        command: [...args, ...form].map(mask),
        exitCode,
        stdout: mask(stdout),
        stderr: mask(stderr),
      };
      yield JSON.stringify(line);
    }
  }
  rmSync(folder, { recursive: true, force: true });
}

const FORMS: readonly (readonly string[])[] = [["--json"], ["--lang", "en"], ["--lang", "ja"]];

/** Whether a command does something that a second time would find done. */
function isDone(args: readonly string[]): boolean {
  return ["source add", "source remove", "logout "].some((done) =>
    `${args.join(" ")} `.startsWith(done),
  );
}

interface Place {
  readonly source: string;
  readonly target: string;
  readonly url: string;
  readonly account: { readonly loginId: string; readonly password: string };
}

function commandsOn({ source, target, url, account }: Place): readonly (readonly string[])[] {
  return [
    ["settings"],
    ["backup", "run"],
    ["login", "--service", url, "--login-id", account.loginId, "--device-name", "pc"],
    ["source", "add", source],
    ["source", "list"],
    ["backup", "run"],
    ["history"],
    ["history", "backup"],
    ["history", "restore"],
    ["history", "delete"],
    ["history", "show", "1"],
    ["history", "show", "1", "--status", "completed"],
    ["history", "show", "99"],
    ["rerun", "1"],
    ["capacity"],
    ["browse", source],
    ["generations", join(source, "a.txt")],
    ["generations", join(source, "none.txt")],
    ["settings", "--compare-upload", "on", "--compare-delete", "on"],
    ["settings"],
    ["schedule", "status"],
    ["schedule", "set", "--at", "21:30", "--days", "mon,wed"],
    ["schedule", "off"],
    ["schedule", "on"],
    ["mail", "status"],
    ["mail", "test"],
    ["mail", "confirm"],
    ["mail", "on"],
    ["mail", "off"],
    ["task", "status"],
    ["restore", source, target, "--on-conflict", "skip"],
    ["history", "restore"],
    ["history", "show", "5"],
    ["history", "delete"],
    ["history", "show", "7"],
    ["schema"],
    ["backup", "interrupt"],
    ["source", "remove", source],
    ["source", "list"],
    ["logout"],
    ["backup", "run"],
    ["nonsense"],
    ["backup", "run", "--help"],
    ["--help"],
  ];
}
