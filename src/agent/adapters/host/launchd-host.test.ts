import { existsSync } from "node:fs";
import { join } from "node:path";

import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

import type { OsTask } from "../../ports/host.ts";
import { standIns, type StandIns } from "../../testing/stand-in-programs.ts";
import { LaunchdHost } from "./launchd-host.ts";
import { launchAgentPlist, readLaunchAgentPlist } from "./launchd-plist.ts";

const TASK: OsTask = {
  command: ["/usr/local/bin/node", "/opt/tool/bin.js", "--home", "/Users/taro/a & <b>"],
  weekdays: [0, 3],
  minuteOfDay: 1_437,
};

function hostOf(given: StandIns): LaunchdHost {
  return new LaunchdHost({
    programs: given.programs,
    agentFolder: join(given.folder, "LaunchAgents"),
    userId: 501,
  });
}

describe("the launch agent", () => {
  test("starts at local times by weekday, and not at sign-in", () => {
    const plist = launchAgentPlist(TASK);

    expect(plist.match(/<key>Weekday<\/key><integer>\d<\/integer>/g)).toHaveLength(2);
    expect(plist).toContain("<key>Hour</key><integer>23</integer><key>Minute</key><integer>57<");
    expect(plist).toContain("<string>/Users/taro/a &amp; &lt;b&gt;</string>");
    expect(plist).toMatch(/<key>RunAtLoad<\/key>\s*<false\/>/);
  });

  test("names no weekday when it is every day", () => {
    expect(launchAgentPlist({ ...TASK, weekdays: [0, 1, 2, 3, 4, 5, 6] })).not.toContain("Weekday");
  });

  test("is read back as it was written, whatever its times", () => {
    fc.assert(
      fc.property(
        fc.subarray([0, 1, 2, 3, 4, 5, 6], { minLength: 1 }),
        fc.integer({ min: 0, max: 1_439 }),
        (weekdays, minuteOfDay) => {
          const times = { weekdays, minuteOfDay };

          expect(readLaunchAgentPlist(launchAgentPlist({ command: ["x"], ...times }))).toEqual(
            times,
          );
        },
      ),
    );
    expect(readLaunchAgentPlist("<plist/>")).toBeUndefined();
  });
});

// What runs on Windows has no such scripts.
describe.skipIf(process.platform === "win32")("a Mac", () => {
  test("registers for the signed-in user, and leaves alone what is registered already", async () => {
    using given = standIns({ launchctl: "exit 0" });
    const host = hostOf(given);

    expect(await host.registerTask(TASK)).toMatchObject({ kind: "registered-while-signed-in" });
    expect(await host.registerTask(TASK)).toMatchObject({ kind: "registered-while-signed-in" });

    const path = join(given.folder, "LaunchAgents/local.azukeru-agent.plist");
    expect(given.calls().map(({ args }) => args.join(" "))).toEqual([
      "bootout gui/501/local.azukeru-agent",
      `bootstrap gui/501 ${path}`,
      "print gui/501/local.azukeru-agent",
    ]);
  });

  test("is refused where nobody is signed in at the screen, and leaves no file", async () => {
    using given = standIns({
      launchctl:
        "case $1 in bootstrap) echo 'Bootstrap failed: 125: Domain does not support specified action' >&2; exit 125 ;; esac; exit 113",
    });

    expect(await hostOf(given).registerTask(TASK)).toMatchObject({
      kind: "refused",
      why: "unsupported",
    });
    expect(existsSync(join(given.folder, "LaunchAgents/local.azukeru-agent.plist"))).toBe(false);
  });

  test("does not claim a file that launchd does not know", async () => {
    using given = standIns({ launchctl: "exit 0" });
    await hostOf(given).registerTask(TASK);
    given.put("launchctl", "exit 113");

    expect(await hostOf(given).taskStatus()).toMatchObject({ isRegistered: false, task: null });
  });

  test("knows shares by its table of mounts", async () => {
    using given = standIns({
      mount: `cat <<'END'
/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)
//taro@nas._smb._tcp.local/share one on /Volumes/share one (smbfs, nodev, nosuid, mounted by taro)
nas:/export on /Volumes/export (nfs)
/dev/disk4s1 on /Volumes/USB (x) (msdos, local, nodev)
END`,
    });
    const host = hostOf(given);

    expect(await host.isNetworkPath("/Volumes/share one/docs")).toBe(true);
    expect(await host.isNetworkPath("/Volumes/export")).toBe(true);
    expect(await host.isNetworkPath("/Volumes/USB (x)/docs")).toBe(false);
    expect(await host.isNetworkPath("/Users/taro")).toBe(false);
  });
});
