import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { LaunchdHost } from "../../src/agent/adapters/host/launchd-host.ts";
import { SystemdHost } from "../../src/agent/adapters/host/systemd-host.ts";
import { WindowsHost } from "../../src/agent/adapters/host/windows-host.ts";
import type { Host, HostEvent, OsTask } from "../../src/agent/ports/host.ts";
import { registerOsTask } from "../../src/agent/schedule/os-task-registration.ts";
import { standIns, type StandIns } from "../../src/agent/testing/stand-in-programs.ts";
import { VirtualClock } from "../../src/sim-server/kernel/virtual-clock.ts";
import type { SimPcKind } from "../../src/sim-server/host/sim-host.ts";
import { SimPc } from "../../src/sim-server/host/sim-pc.ts";

const START_MS = Date.UTC(2026, 10, 20, 0);
const HOUR_MS = 3_600_000;
const SID = "S-1-5-21-1-2-3-1001";
const TASK: OsTask = {
  command: ["/usr/bin/node", "bin.js", "a b"],
  weekdays: [1, 5],
  minuteOfDay: 175,
};

/** What each PC lives through, by the hour. */
const HISTORY: readonly (readonly [hour: number, kind: HostEvent["kind"]])[] = [
  [0, "boot"],
  [0, "sign-in"],
  [2, "sleep"],
  [3, "wake"],
  [4, "hibernate"],
  [5, "wake"],
  [6, "sign-out"],
  [7, "shutdown"],
  [8, "boot"],
  [9, "sign-in"],
  [10, "power-loss"],
  [10, "boot"],
];

/** A host under the contract. */
interface HostBench {
  readonly host: Host;
  /** A password it takes. */
  readonly password: string;
  /** How far a task reaches that it registers. */
  readonly reach: "registered" | "registered-while-signed-in";
  /** Whether it refuses other passwords. */
  readonly checksPassword: boolean;
  readonly networkPath: string;
  readonly localPath: string;
  /** What its log does not tell. */
  readonly untold?: readonly HostEvent["kind"][];
}

let given: StandIns | undefined;
let clock: VirtualClock | undefined;
afterEach(() => {
  given?.[Symbol.dispose]();
  clock?.uninstall();
  [given, clock] = [undefined, undefined];
});

function atMs(hour: number): number {
  return START_MS + hour * HOUR_MS;
}

function simulated(kind: SimPcKind): HostBench {
  clock = VirtualClock.install(atMs(0));
  const wall = clock;
  const shares = {
    has: (path: string) => path.startsWith("Z:") || path.startsWith("/Volumes/"),
    connect: () => undefined,
    disconnect: () => undefined,
  };
  const pc = new SimPc({ kind, clock: wall, zone: "Asia/Tokyo", shares });
  const acts: Partial<Record<HostEvent["kind"], () => void>> = {
    sleep: () => pc.sleep(),
    hibernate: () => pc.hibernate(),
    wake: () => pc.wake(),
    "sign-in": () => pc.signIn(),
    "sign-out": () => pc.signOut(),
    shutdown: () => pc.shutDown(),
    "power-loss": () => pc.losePower(),
    boot: () => pc.boot(),
  };
  for (const [hour, happened] of HISTORY) {
    wall.setWallClock(atMs(hour));
    acts[happened]?.();
  }
  const isWindows = kind !== "macos";
  const works = kind === "windows" || kind === "windows-server";
  return {
    host: pc.host("person"),
    password: "pw",
    reach: works ? "registered" : "registered-while-signed-in",
    checksPassword: works,
    networkPath: isWindows ? "Z:\\docs" : "/Volumes/docs",
    localPath: isWindows ? "C:\\docs" : "/Users/taro",
  };
}

/** Lines for a `cat` in a script. */
function cat(lines: readonly string[]): string {
  return `cat <<'END'\n${lines.join("\n")}\nEND`;
}

function windows(kind: "windows" | "windows-server-2012"): HostBench {
  const event = (hour: number, provider: string, id: number, data = ""): string =>
    `<Event><System><Provider Name='${provider}'/><EventID>${id}</EventID><TimeCreated SystemTime='${new Date(atMs(hour)).toISOString()}'/></System><EventData>${data}</EventData></Event>`;
  const user = `<Data Name='UserSid'>${SID}</Data>`;
  const power = "Microsoft-Windows-Kernel-Power";
  const lines: Readonly<Record<HostEvent["kind"], (hour: number) => string>> = {
    boot: (hour) => event(hour, "Microsoft-Windows-Kernel-General", 12),
    shutdown: (hour) => event(hour, "Microsoft-Windows-Kernel-General", 13),
    sleep: (hour) => event(hour, power, 42, "<Data Name='TargetState'>4</Data>"),
    hibernate: (hour) => event(hour, power, 42, "<Data Name='TargetState'>5</Data>"),
    wake: (hour) => event(hour, power, 107),
    "power-loss": (hour) => event(hour, power, 41),
    "sign-in": (hour) => event(hour, "Microsoft-Windows-Winlogon", 7001, user),
    "sign-out": (hour) => event(hour, "Microsoft-Windows-Winlogon", 7002, user),
  };
  given = standIns({
    powershell: `case "$*" in
*DriveType*"HKCU"*) case "$*" in *"'Z'"*) echo network ;; *) echo local ;; esac ;;
*) if [ "$(sed -n 4p "$INPUT" | tr -d '\\r' | base64 -d)" != pw ]; then echo 'HRESULT 0x8007052E'; exit 1; fi
   sed -n 2p "$INPUT" | tr -d '\\r' | base64 -d > "$STATE/task.xml" ;;
esac`,
    schtasks: `case "$1" in
/Create) cp "$5" "$STATE/task.xml" ;;
/Delete) rm "$STATE/task.xml" ;;
/Query) if [ -f "$STATE/task.xml" ]; then cat "$STATE/task.xml"; else echo 'ERROR: The system cannot find the file specified.' >&2; exit 1; fi ;;
esac`,
    wevtutil: cat(HISTORY.map(([hour, happened]) => lines[happened](hour)).toReversed()),
    whoami: cat([`"pc\\taro","${SID}"`]),
  });
  const env = { USERDOMAIN: "PC", USERNAME: "taro", SESSIONNAME: "Console" };
  return {
    host: new WindowsHost({ programs: given.programs, kind, env }),
    password: "pw",
    reach: kind === "windows" ? "registered" : "registered-while-signed-in",
    checksPassword: kind === "windows",
    networkPath: "Z:\\docs",
    localPath: "C:\\docs",
  };
}

function linux(): HostBench {
  const ids = {
    boot: "b07a249cd024414a82dd00cd181378ff",
    shutdown: "98268866d1d54a499c4e98921d93bc40",
    sleep: "6bbd95ee977941e497c48be27c254128",
    hibernate: "6bbd95ee977941e497c48be27c254128",
    wake: "8811e6df2a8e40f58a94cea26f8ebf14",
    "sign-in": "8d45620c1a4348dbb17410da57c60c66",
    "sign-out": "3354939424b4456d9802ca8333ed424a",
    "power-loss": "",
  } as const;
  let boots = 0;
  const lines = HISTORY.flatMap(([hour, happened]) => {
    if (happened === "boot") boots += 1;
    // Nobody writes down that the power goes.
    if (happened === "power-loss") return [];
    const line = {
      __REALTIME_TIMESTAMP: String(atMs(hour) * 1_000),
      _BOOT_ID: `boot-${boots}`,
      MESSAGE_ID: ids[happened],
      SLEEP: happened === "hibernate" ? "hibernate" : "suspend",
      SESSION_ID: "1",
      USER_ID: "taro",
    };
    return [JSON.stringify(line)];
  });
  given = standIns({
    systemctl: `case "$2" in
enable) touch "$STATE/enabled" ;;
disable) rm -f "$STATE/enabled" ;;
is-enabled) [ -f "$STATE/enabled" ] ;;
esac`,
    loginctl: `case "$*" in *show-user*) echo Linger=yes ;; esac`,
    journalctl: cat(lines.toReversed()),
  });
  const { folder, programs } = given;
  const mountInfoPath = join(folder, "mountinfo");
  mkdirSync(join(folder, "users"));
  writeMounts(mountInfoPath);
  return {
    host: new SystemdHost({
      programs,
      unitFolder: join(folder, "units"),
      userId: 1000,
      userName: "taro",
      env: {},
      mountInfoPath,
      loginFolder: join(folder, "users"),
    }),
    password: "",
    reach: "registered",
    checksPassword: false,
    networkPath: "/mnt/nas/docs",
    localPath: "/home/taro",
  };
}

function macos(): HostBench {
  const lines = HISTORY.flatMap(([hour, happened], index) => {
    const time = new Date(atMs(hour)).toISOString().replace("T", " ").slice(0, 19);
    const was = HISTORY[index - 1]?.[1];
    const words: Partial<Record<HostEvent["kind"], string>> = {
      boot: "Start               \tpowerd process is started",
      sleep: "Sleep               \tEntering Sleep state due to 'Clamshell Sleep'",
      hibernate: "Sleep               \tEntering Sleep state due to 'Low Power Sleep'",
      wake: `Wake                \tWake from ${was === "hibernate" ? "Hibernate" : "Deep Idle"} [CDNVA]`,
    };
    return words[happened] === undefined ? [] : [`${time} +0000 ${words[happened]}`];
  });
  given = standIns({
    launchctl: `case "$1" in
bootstrap) touch "$STATE/loaded" ;;
bootout) rm "$STATE/loaded" ;;
print) [ -f "$STATE/loaded" ] || exit 113 ;;
esac`,
    pmset: cat(lines),
    mount: cat([
      "/dev/disk3 on / (apfs, local)",
      "//taro@nas/docs on /Volumes/docs (smbfs, nodev)",
    ]),
  });
  const { folder, programs } = given;
  return {
    host: new LaunchdHost({ programs, agentFolder: join(folder, "LaunchAgents"), userId: 501 }),
    password: "",
    reach: "registered-while-signed-in",
    checksPassword: false,
    networkPath: "/Volumes/docs/a",
    localPath: "/Users/taro",
    untold: ["sign-in", "sign-out", "shutdown", "power-loss"],
  };
}

function writeMounts(path: string): void {
  writeFileSync(
    path,
    "22 1 8:1 / / rw - ext4 /dev/sda1 rw\n40 22 0:35 / /mnt/nas rw - nfs4 nas:/ rw\n",
  );
}

// The guides: its task registration cannot be used (A317, B373). The tool decides that, not the system.
describe.skipIf(process.platform === "win32").each([
  ["a simulated Windows Server 2012", () => simulated("windows-server-2012")],
  ["Windows Server 2012", () => windows("windows-server-2012")],
])("%s", (_, makeBench) => {
  test("gets no task from the tool, and has none", async () => {
    const { host } = makeBench();
    const schedule = { weekdays: [1], minuteOfDay: 180 };

    expect(
      await registerOsTask(host, { schedule, command: ["azukeru-agent"], password: "pw" }),
    ).toMatchObject({ kind: "refused", why: "unsupported" });
    expect((await host.taskStatus()).isRegistered).toBe(false);
  });
});

// What runs on Windows has no such scripts.
describe.skipIf(process.platform === "win32").each([
  ["a simulated Windows 11", () => simulated("windows")],
  ["a simulated Windows Server 2022", () => simulated("windows-server")],
  ["a simulated Mac", () => simulated("macos")],
  ["Windows", () => windows("windows")],
  ["Linux with systemd", linux],
  ["macOS", macos],
])("%s", (_, makeBench) => {
  let bench: HostBench;
  beforeEach(() => {
    bench = makeBench();
  });

  test("has no task until one is registered, then that one, in the reach that was said", async () => {
    const { host, password, reach } = bench;
    expect(await host.taskStatus()).toEqual({
      isRegistered: false,
      worksSignedOut: false,
      task: null,
    });

    expect((await host.registerTask(TASK, password)).kind).toBe(reach);

    expect(await host.taskStatus()).toEqual({
      isRegistered: true,
      worksSignedOut: reach === "registered",
      task: { weekdays: [1, 5], minuteOfDay: 175 },
    });
  });

  test("has one task: another takes its place", async () => {
    const { host, password } = bench;
    const everyDay = [0, 1, 2, 3, 4, 5, 6];
    await host.registerTask(TASK, password);

    await host.registerTask({ ...TASK, weekdays: everyDay, minuteOfDay: 1_439 }, password);

    expect((await host.taskStatus()).task).toEqual({ weekdays: everyDay, minuteOfDay: 1_439 });
  });

  test("takes a task away, and does nothing when there is none", async () => {
    const { host, password } = bench;
    await host.removeTask();
    await host.registerTask(TASK, password);

    await host.removeTask();
    await host.removeTask();

    expect((await host.taskStatus()).isRegistered).toBe(false);
  });

  test("says in its answer what it refuses, and keeps the task it had", async () => {
    const { host, password, checksPassword, reach } = bench;
    await host.registerTask(TASK, password);

    const result = await host.registerTask({ ...TASK, minuteOfDay: 10 }, "not the password");

    expect(result).toMatchObject(
      checksPassword ? { kind: "refused", why: "wrong-password" } : { kind: reach },
    );
    expect((await host.taskStatus()).task?.minuteOfDay).toBe(checksPassword ? 175 : 10);
  });

  test("tells all that its log has, oldest first", async () => {
    const { host, untold = [] } = bench;

    const events = await host.eventsBetween(atMs(2), atMs(12));

    const wanted = HISTORY.filter(([, kind]) => !untold.includes(kind));
    const tells = events.filter(({ atMs: when }) => when >= atMs(2));
    expect(tells.map(({ atMs: when, kind }) => [(when - START_MS) / HOUR_MS, kind])).toEqual(
      wanted.filter(([hour]) => hour >= 2),
    );
  });

  test("tells the last event of power and of sign-in before, and nothing after", async () => {
    const { host, untold = [] } = bench;

    const events = await host.eventsBetween(atMs(3) + 1, atMs(4));

    const signIn = untold.includes("sign-in") ? [] : [{ atMs: atMs(0), kind: "sign-in" }];
    expect(events).toEqual([
      ...signIn,
      { atMs: atMs(3), kind: "wake" },
      { atMs: atMs(4), kind: "hibernate" },
    ]);
  });

  test("tells a network path from another, and knows its zone", async () => {
    const { host, networkPath, localPath } = bench;

    expect(await host.isNetworkPath(networkPath)).toBe(true);
    expect(await host.isNetworkPath(localPath)).toBe(false);
    expect(() => new Intl.DateTimeFormat("en", { timeZone: host.zone() })).not.toThrow();
  });
});
