import { expect, test } from "vitest";

import { Activity } from "../kernel/activity.ts";
import { globalTimers } from "../kernel/timers.ts";
import { SimDisk } from "./sim-disk.ts";

function aDisk(): SimDisk {
  return new SimDisk({ timers: globalTimers, activity: new Activity(), nowMs: () => 1e12 });
}

/** Number, parent, device, root and path of each line. */
function linesOf(disk: SimDisk): readonly string[] {
  return disk.mountTable
    .split("\n")
    .slice(0, -1)
    .map((line) => line.split(" ").slice(0, 5).join(" "));
}

test("a bind mount has the device of what it covers, and another root", () => {
  const disk = aDisk();
  disk.mkdir("/home/a b");
  disk.mount("/home/a b", disk.deviceOf("/home/a b"), "/srv/a\\b");

  expect(linesOf(disk)).toEqual(["21 20 8:1 / /", "22 21 8:1 /srv/a\\134b /home/a\\040b"]);
  expect(disk.deviceOf("/home/a b")).toBe(1);
});

test("what is mounted in a mount is on it, whatever came first", () => {
  const disk = aDisk();
  disk.mount("/home/inner", 3);
  disk.setDevice("/home", 2);

  expect(linesOf(disk)).toEqual(["21 20 8:1 / /", "22 21 8:2 / /home", "23 22 8:3 / /home/inner"]);
});

test("what is covered or taken away is not in it", () => {
  const disk = aDisk();
  disk.mount("/home/inner", 3);
  disk.mount("/home", 2);
  expect(linesOf(disk)).toEqual(["21 20 8:1 / /", "22 21 8:2 / /home"]);

  disk.unmount("/home");
  disk.unmount("/home/inner");
  expect(linesOf(disk)).toEqual(["21 20 8:1 / /"]);
});
