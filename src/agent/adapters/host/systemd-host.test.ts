import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

import type { OsTask } from "../../ports/host.ts";
import { standIns, type StandIns } from "../../testing/stand-in-programs.ts";
import { SystemdHost, type SystemdHostOptions } from "./systemd-host.ts";
import { readTimerUnit, serviceUnit, timerUnit } from "./systemd-units.ts";

const TASK: OsTask = {
  command: ["/opt/node/bin/node", "/opt/tool/bin.js", "--home", '/home/taro/a "b" $HOME 100%\\'],
  weekdays: [0, 3],
  minuteOfDay: 175,
};

function hostOf(given: StandIns, changes: Partial<SystemdHostOptions> = {}): SystemdHost {
  return new SystemdHost({
    programs: given.programs,
    unitFolder: join(given.folder, "units"),
    userId: 1000,
    userName: "taro",
    env: {},
    loginFolder: join(given.folder, "users"),
    mountInfoPath: join(given.folder, "mountinfo"),
    ...changes,
  });
}

function hasProgram(name: string): boolean {
  return ["/usr/bin", "/bin"].some((folder) => existsSync(join(folder, name)));
}

describe("the units", () => {
  test("start at local time on the chosen days, to the second, and catch nothing up", () => {
    const timer = timerUnit(TASK);

    expect(timer).toContain("\nOnCalendar=Sun,Wed *-*-* 02:55:00\n");
    expect(timer).toContain("\nPersistent=false\nAccuracySec=1s\n");
    expect(timer).not.toContain("WakeSystem");
    expect(timerUnit({ ...TASK, weekdays: [0, 1, 2, 3, 4, 5, 6] })).toContain(
      "\nOnCalendar=*-*-* 02:55:00\n",
    );
  });

  test("have nothing in the command for systemd to replace", () => {
    expect(serviceUnit(TASK.command)).toContain(
      `\nExecStart="/opt/node/bin/node" "/opt/tool/bin.js" "--home" "/home/taro/a \\"b\\" $$HOME 100%%\\\\"\n`,
    );
  });

  test("are read back as they were written, whatever their times", () => {
    fc.assert(
      fc.property(
        fc.subarray([0, 1, 2, 3, 4, 5, 6], { minLength: 1 }),
        fc.integer({ min: 0, max: 1_439 }),
        (weekdays, minuteOfDay) => {
          const times = { weekdays, minuteOfDay };

          expect(readTimerUnit(timerUnit({ command: [], ...times }))).toEqual(times);
        },
      ),
    );
  });

  test.runIf(hasProgram("systemd-analyze"))("are what systemd itself accepts", () => {
    const folder = mkdtempSync(join(tmpdir(), "units-"));
    try {
      const command = [process.execPath, ...TASK.command.slice(1)];
      const paths = ["azukeru-agent.service", "azukeru-agent.timer"].map((name) =>
        join(folder, name),
      );
      writeFileSync(paths[0] ?? "", serviceUnit(command));
      writeFileSync(paths[1] ?? "", timerUnit(TASK));
      const said = execFileSync("systemd-analyze", ["verify", "--user", ...paths], {
        env: { ...process.env, XDG_RUNTIME_DIR: folder },
        stdio: ["ignore", "pipe", "pipe"],
        encoding: "utf8",
      });

      expect(said).toBe("");
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

const SYSTEMCTL = "exit 0";
const LOGINCTL = 'case "$*" in *show-user*) echo Linger=yes ;; esac';

// What runs on Windows has no such scripts.
describe.skipIf(process.platform === "win32")("registration with systemd", () => {
  test("writes the units, starts the timer anew and lets it linger", async () => {
    using given = standIns({ systemctl: SYSTEMCTL, loginctl: LOGINCTL });

    expect(await hostOf(given).registerTask(TASK)).toEqual({ kind: "registered" });

    expect(readFileSync(join(given.folder, "units/azukeru-agent.timer"), "utf8")).toBe(
      timerUnit(TASK),
    );
    expect(given.calls().map(({ program, args }) => [program, ...args].join(" "))).toEqual([
      "systemctl --user daemon-reload",
      "systemctl --user enable azukeru-agent.timer",
      "systemctl --user restart azukeru-agent.timer",
      "loginctl --no-ask-password enable-linger taro",
    ]);
  });

  test("is for the signed-in user only where lingering is refused, and says how to allow it", async () => {
    using given = standIns({
      systemctl: SYSTEMCTL,
      loginctl: "echo 'Could not enable linger: Access denied' >&2; exit 1",
    });

    const result = await hostOf(given).registerTask(TASK);

    expect(result).toMatchObject({
      kind: "registered-while-signed-in",
      reason: { code: "task.no-lingering", params: { user: "taro" } },
    });
    expect(await hostOf(given).taskStatus()).toMatchObject({
      isRegistered: true,
      worksSignedOut: false,
    });
  });

  test.each([
    ["unsupported", "echo 'Failed to connect to bus: No medium found' >&2; exit 1"],
    ["failed", "echo 'Unit is masked' >&2; exit 1"],
  ])("leaves nothing behind when systemd does not want it: %s", async (why, script) => {
    using given = standIns({ systemctl: script });

    expect(await hostOf(given).registerTask(TASK)).toMatchObject({ kind: "refused", why });
    expect(existsSync(join(given.folder, "units/azukeru-agent.timer"))).toBe(false);
    expect(existsSync(join(given.folder, "units/azukeru-agent.service"))).toBe(false);
  });

  test("is refused without systemd, and where the files cannot be written", async () => {
    using given = standIns({});
    writeFileSync(join(given.folder, "file"), "");
    const blocked = hostOf(given, { unitFolder: join(given.folder, "file", "units") });
    const without = new SystemdHost({
      programs: { run: async () => ({ kind: "missing" }) },
      unitFolder: join(given.folder, "units"),
      userId: 1000,
      userName: "taro",
      env: {},
    });

    expect(await blocked.registerTask(TASK)).toMatchObject({ why: "no-rights" });
    expect(await without.registerTask(TASK)).toMatchObject({ why: "unsupported" });
  });

  test("does not claim a timer that a person disabled", async () => {
    using given = standIns({ systemctl: SYSTEMCTL, loginctl: LOGINCTL });
    await hostOf(given).registerTask(TASK);
    given.put("systemctl", 'case "$*" in *is-enabled*) echo disabled; exit 1 ;; esac');

    expect(await hostOf(given).taskStatus()).toEqual({
      isRegistered: false,
      worksSignedOut: false,
      task: null,
    });
  });
});

describe.skipIf(process.platform === "win32")("a Linux PC", () => {
  test("has a person when logind says so, and by the process's session where it says nothing", () => {
    using given = standIns({});
    const note = join(given.folder, "users", "1000");
    mkdirSync(join(given.folder, "users"));
    const says = (state: string): boolean => {
      writeFileSync(note, `NAME=taro\nSTATE=${state}\nSESSIONS=\n`);
      return hostOf(given).isInteractive();
    };

    expect([says("active"), says("online"), says("lingering"), says("closing")]).toEqual([
      true,
      true,
      false,
      false,
    ]);
    rmSync(note);
    expect(hostOf(given).isInteractive()).toBe(false);
    expect(hostOf(given, { env: { XDG_SESSION_ID: "2" } }).isInteractive()).toBe(true);
  });

  test("knows network file systems by the nearest mount above a path", async () => {
    using given = standIns({});
    writeFileSync(
      join(given.folder, "mountinfo"),
      `22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
40 22 0:35 / /mnt/nas\\040one rw - nfs4 nas:/one rw
41 40 8:2 / /mnt/nas\\040one/local rw - ext4 /dev/sdb1 rw
42 22 0:36 / /home/taro/ssh rw - fuse.sshfs taro@far:/ rw
43 22 0:37 / /mnt/auto rw - autofs systemd-1 rw
44 43 0:38 / /mnt/auto rw - cifs //nas/auto rw
`,
    );
    const host = hostOf(given);
    const on = (path: string): Promise<boolean> => host.isNetworkPath(path);

    expect(await on("/mnt/nas one/docs")).toBe(true);
    expect(await on("/mnt/nas one")).toBe(true);
    expect(await on("/mnt/nas one/local/docs")).toBe(false);
    expect(await on("/mnt/nas one and more")).toBe(false);
    expect(await on("/home/taro/ssh/x")).toBe(true);
    expect(await on("/mnt/auto/x")).toBe(true);
    expect(await on("/home/taro")).toBe(false);
  });

  test("knows nothing of its past when neither journal nor login records can be read", async () => {
    using given = standIns({ journalctl: "exit 1", last: "exit 1" });

    expect(await hostOf(given).eventsBetween(0, 1)).toEqual([]);
  });

  test("takes starts and sign-ins from the login records where the journal is closed to the user", async () => {
    using given = standIns({
      journalctl: "exit 0",
      last: `cat <<'END'
reboot   system boot  6.1.0-13-amd64   2026-11-20T23:59:11+00:00   still running
END`,
    });

    expect(await hostOf(given).eventsBetween(0, Date.UTC(2026, 11, 1))).toEqual([
      { atMs: Date.UTC(2026, 10, 20, 23, 59, 11), kind: "boot" },
    ]);
  });
});
