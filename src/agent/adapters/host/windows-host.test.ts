import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

import type { OsTask } from "../../ports/host.ts";
import { standIns, type StandIns } from "../../testing/stand-in-programs.ts";
import { windowsCommandLine } from "./windows-command-line.ts";
import { WindowsHost } from "./windows-host.ts";
import { readWindowsTask, windowsTaskXml } from "./windows-task-xml.ts";

const TASK: OsTask = {
  command: ["C:\\Program Files\\nodejs\\node.exe", "C:\\tool\\bin.js", "--home", "C:\\a & b\\"],
  weekdays: [1, 5],
  minuteOfDay: 175,
};
const ENV = { USERDOMAIN: "PC", USERNAME: "taro", SESSIONNAME: "Console" };

function hostOf(given: StandIns, kind: "windows" | "windows-server-2012" = "windows"): WindowsHost {
  return new WindowsHost({ programs: given.programs, kind, env: ENV });
}

/** What PowerShell was given, line by line. */
function secrets(given: StandIns): readonly string[] {
  const [call] = given.calls("powershell");
  const lines = call?.stdin.trim().split("\r\n") ?? [];
  return lines.map((line) => Buffer.from(line, "base64").toString());
}

describe("the task in XML", () => {
  test("starts at local time on the chosen days, wakes nothing and catches nothing up", () => {
    const xml = windowsTaskXml(TASK, { user: "PC\\taro", logonType: "Password" });

    expect(xml).toMatch(/<StartBoundary>\d{4}-\d\d-\d\dT02:55:00<\/StartBoundary>/);
    expect(xml).toContain("<DaysOfWeek><Monday /><Friday /></DaysOfWeek>");
    for (const rule of [
      "<WakeToRun>false<",
      "<StartWhenAvailable>false<",
      "<MultipleInstancesPolicy>IgnoreNew<",
      "<ExecutionTimeLimit>PT0S<",
      "<DisallowStartIfOnBatteries>false<",
      "<UserId>PC\\taro<",
      "<LogonType>Password<",
      "<Arguments>C:\\tool\\bin.js --home &quot;C:\\a &amp; b\\\\&quot;<",
    ]) {
      expect(xml).toContain(rule);
    }
  });

  test("says every day by one word", () => {
    const xml = windowsTaskXml(
      { ...TASK, weekdays: [0, 1, 2, 3, 4, 5, 6] },
      { user: "PC\\taro", logonType: "Password" },
    );

    expect(xml).toContain("<ScheduleByDay><DaysInterval>1</DaysInterval></ScheduleByDay>");
  });

  test("is read back as it was written, whatever its times", () => {
    fc.assert(
      fc.property(
        fc.subarray([0, 1, 2, 3, 4, 5, 6], { minLength: 1 }),
        fc.integer({ min: 0, max: 1_439 }),
        fc.constantFrom("Password" as const, "InteractiveToken" as const),
        (weekdays, minuteOfDay, logonType) => {
          const xml = windowsTaskXml(
            { ...TASK, weekdays, minuteOfDay },
            { user: "PC\\taro", logonType },
          );

          expect(readWindowsTask(xml)).toEqual({
            isRegistered: true,
            worksSignedOut: logonType === "Password",
            task: { weekdays, minuteOfDay },
          });
        },
      ),
    );
  });

  test("that a person switched off is none", () => {
    const xml = windowsTaskXml(TASK, { user: "PC\\taro", logonType: "Password" });
    const off = xml.replaceAll("<Enabled>true", "<Enabled>false");

    expect(readWindowsTask(off).isRegistered).toBe(false);
    expect(readWindowsTask("").isRegistered).toBe(false);
  });
});

test("a command line gives its program exactly the arguments it was made of", () => {
  const piece = fc.constantFrom("\\", '"', " ", "\t", "a", "あ", "&", "%PATH%");
  const arg = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(""));
  fc.assert(
    fc.property(fc.array(arg, { maxLength: 4 }), (args) => {
      expect(splitAsMicrosoftDoes(windowsCommandLine(args))).toEqual(args);
    }),
  );
});

/** The rules of CommandLineToArgvW for what follows the program. */
function splitAsMicrosoftDoes(line: string): string[] {
  const args: string[] = [];
  let current: string | undefined;
  let isQuoted = false;
  for (let at = 0; at < line.length; at += 1) {
    const backslashes = /^\\*/.exec(line.slice(at))?.[0].length ?? 0;
    if (line[at + backslashes] === '"') {
      current = (current ?? "") + "\\".repeat(Math.floor(backslashes / 2));
      at += backslashes;
      if (backslashes % 2 === 1) current += '"';
      else isQuoted = !isQuoted;
    } else if (backslashes > 0) {
      current = (current ?? "") + "\\".repeat(backslashes);
      at += backslashes - 1;
    } else if (!isQuoted && /\s/.test(line[at] ?? "")) {
      if (current !== undefined) args.push(current);
      current = undefined;
    } else {
      current = (current ?? "") + line[at];
    }
  }
  if (current !== undefined) args.push(current);
  return args;
}

// What runs on Windows has no such scripts.
describe.skipIf(process.platform === "win32")("registration on Windows", () => {
  test("gives the password by standard input alone", async () => {
    using given = standIns({ powershell: "exit 0" });

    expect(await hostOf(given).registerTask(TASK, "ひみつ\"'$")).toEqual({ kind: "registered" });

    const [name, xml, user, password] = secrets(given);
    expect([name, user, password]).toEqual(["azukeru-agent (taro)", "PC\\taro", "ひみつ\"'$"]);
    expect(readWindowsTask(xml ?? "").worksSignedOut).toBe(true);
    expect(
      given
        .calls()
        .flatMap(({ args }) => args)
        .join(" "),
    ).not.toContain("ひみつ");
  });

  test.each([
    ["wrong-password", "HRESULT 0x8007052E\nユーザー名またはパスワードが正しくありません。"],
    ["wrong-password", "(27,8):UserId:\nThe user name or password is incorrect."],
    ["no-password", "HRESULT 0x8007052F\n"],
    ["no-password", "アカウントの制限により、このユーザーはサインインできません。"],
    ["no-rights", "HRESULT 0x80070005\n"],
    ["no-rights", "HRESULT 0x80070569\n"],
    ["no-rights", "エラー: アクセスが拒否されました。"],
    ["no-rights", "ERROR: Access is denied."],
    ["failed", "HRESULT 0x800704C7\nThe operation was canceled by the user."],
  ])("tells a refusal: %s by %j", async (why, said) => {
    using given = standIns({ powershell: `printf '%s\\n' '${said}'; exit 1` });

    const result = await hostOf(given).registerTask(TASK, "secret");

    expect(result).toMatchObject({ kind: "refused", why });
    expect(JSON.stringify(result)).not.toContain("secret");
  });

  test("says what the scheduler said where that is all there is", async () => {
    using given = standIns({
      powershell: "echo 'HRESULT 0x800706BA'; echo 'The RPC server is unavailable.'; exit 1",
    });

    expect(await hostOf(given).registerTask(TASK, "secret")).toMatchObject({
      why: "failed",
      reason: { params: { said: expect.stringContaining("RPC server") as string } },
    });
  });

  test.each([undefined, ""])("without a password (%j) is refused without asking", async (none) => {
    using given = standIns({ powershell: "exit 0" });

    expect(await hostOf(given).registerTask(TASK, none)).toMatchObject({ why: "no-password" });
    expect(given.calls()).toEqual([]);
  });

  test("is refused where there is no such program", async () => {
    using given = standIns({});

    expect(await hostOf(given).registerTask(TASK, "secret")).toMatchObject({ why: "unsupported" });
  });
});

describe.skipIf(process.platform === "win32")("a Windows PC", () => {
  test.each([
    ["\\\\nas\\share\\docs", true],
    ["//nas/share", true],
    ["\\\\?\\UNC\\nas\\share", true],
    ["Z:\\docs", true],
    ["\\\\?\\Z:\\docs", true],
    ["C:\\Users", false],
    ["\\\\.\\C:\\x", false],
  ])("tells whether %s is on the network", async (path, isNetwork) => {
    using given = standIns({
      powershell: 'case "$*" in *"\'Z\'"*) echo network ;; *) echo local ;; esac',
    });

    expect(await hostOf(given).isNetworkPath(path)).toBe(isNetwork);
  });

  test("has no person in the session of services", () => {
    using given = standIns({});
    const of = (env: Record<string, string>): boolean =>
      new WindowsHost({ programs: given.programs, kind: "windows", env }).isInteractive();

    expect([of({ SESSIONNAME: "RDP-Tcp#3" }), of({}), of({ SESSIONNAME: "Services" })]).toEqual([
      true,
      false,
      false,
    ]);
  });

  test("whose log cannot be read tells nothing", async () => {
    using given = standIns({ wevtutil: "echo 'Access is denied.' >&2; exit 5" });

    expect(await hostOf(given).eventsBetween(0, 1)).toEqual([]);
  });
});
