import { describe, expect, test } from "vitest";

import { honestRun } from "../../checkers/testing/honest-run.ts";
import type { Scenario } from "../../scenario/scenario.ts";
import type { Step } from "../../scenario/step.ts";

const TREE = { "/data/a": { content: { text: "a" } } } as const;

/** What did nothing in a scenario: its place, and why. */
async function inertIn(scenario: Partial<Scenario>): Promise<readonly string[]> {
  const { inertParts, driver } = await honestRun({ tree: TREE, timeline: [], ...scenario });
  expect(driver).toMatchObject({ kind: "done" });
  return inertParts.map(({ path, reason }) => `${path.map(String).join(".")} ${reason.code}`);
}

/** Why the last of some steps did nothing; undefined when it did something. */
async function inertStep(
  timeline: readonly Step[],
  scenario: Partial<Scenario> = {},
): Promise<string | undefined> {
  const inert = await inertIn({ ...scenario, timeline: [...timeline] });
  expect(inert.filter((line) => !line.startsWith(`timeline.${timeline.length - 1}`))).toEqual([]);
  return inert[0]?.split(" ")[1];
}

const PC = { pc: { kind: "windows-11" }, disk: "windows" } as const;
const NOON = { weekdays: [0, 1, 2, 3, 4, 5, 6], time: "12:00" };
const MAIL = { to: ["it@example.com"], secure: false, port: 25 as const };

describe("a step that does nothing is put down", () => {
  test.each<[string, Step[]]>([
    ["a write below no folder", [{ do: "write", path: "/data/x/y", content: { text: "1" } }]],
    ["a rename of nothing", [{ do: "rename", path: "/data/x", to: "/data/y" }]],
    ["a rename onto another file", [{ do: "rename", path: "/data", to: "/data/a" }]],
    ["a deletion of nothing", [{ do: "delete", path: "/data/x" }]],
    ["an unlock of what is not locked", [{ do: "unlock", path: "/data/a" }]],
    [
      "a hidden file that is hidden again",
      [
        { do: "hide", path: "/data/a" },
        { do: "hide", path: "/data/a" },
      ],
    ],
    ["no device that could go", [{ do: "unmount", path: "/data" }]],
    [
      "a folder that is empty already",
      [
        { do: "make-folder", path: "/data/f" },
        { do: "empty", path: "/data/f" },
      ],
    ],
    ["a file of the service that is not there", [{ do: "delete-file", source: 0, path: "x" }]],
    ["a source that does not exist", [{ do: "delete-destination", source: 7 }]],
    ["a source that is in no list", [{ do: "remove-source", path: "/other" }]],
    [
      "a file that does not fit",
      [
        { do: "set-free", bytes: 0 },
        { do: "store-elsewhere", name: "x", size: 9 },
      ],
    ],
    ["a logout of nobody", [{ do: "logout" }, { do: "logout" }]],
    [
      "settings as they are",
      [
        { do: "settings", compareUpload: true },
        { do: "settings", compareUpload: true },
      ],
    ],
    ["no wait at all", [{ do: "wait", ms: 0 }]],
  ])("%s", async (_, timeline) => {
    expect(await inertStep(timeline)).toBe("changed-nothing");
  });

  test("in a folder that a restore goes to", async () => {
    const restore = { do: "restore", from: { source: 0 }, to: "/back" } as const;
    const steps: Step[] = [{ do: "backup" }, restore, { do: "delete", path: "/back/x" }];
    expect(await inertStep(steps)).toBe("changed-nothing");
  });

  test.each<Step["do"]>(["sleep", "wake", "lose-power", "sign-out", "network-down", "start-tool"])(
    "%s without a PC",
    async (act) => {
      const step = (act === "network-down" ? { do: act, kind: "silent" } : { do: act }) as Step;
      expect(await inertStep([step])).toBe("needs-pc");
    },
  );

  test.each<[string, Step[]]>([
    ["waking what is awake", [{ do: "wake" }]],
    ["booting what is on", [{ do: "boot" }]],
    ["signing in again", [{ do: "sign-in" }]],
    ["starting a tool that runs", [{ do: "start-tool" }]],
    ["a network that is there", [{ do: "network-up" }]],
    ["network drives that nobody has", [{ do: "disconnect-drives" }]],
    ["a clock set by nothing", [{ do: "set-clock", byMs: 0 }]],
    ["the same zone", [{ do: "set-zone", zone: "Asia/Tokyo" }]],
    ["a task without a schedule", [{ do: "register-task", password: "right" }]],
  ])("%s, on a PC", async (_, timeline) => {
    expect(await inertStep(timeline, PC)).toBe("changed-nothing");
  });

  test("a command that nobody is there to give", async () => {
    expect(await inertStep([{ do: "sign-out" }, { do: "backup" }], PC)).toBe("nobody-there");
  });

  test("a command that the tool refuses, and nothing of what stands in it besides", async () => {
    const faults = { storage: [{ kind: "reset" as const }] };
    const timeline: Step[] = [{ do: "logout" }, { do: "backup", faults }];
    expect(await inertIn({ timeline })).toEqual(["timeline.1 refused"]);
  });
});

describe("a part of a step that does nothing is put down", () => {
  test("faults that never strike, of every layer", async () => {
    const timeline: Step[] = [
      {
        do: "backup",
        faults: {
          network: [{ at: "connect", kind: "refused", nth: 99 }],
          storage: [
            { kind: "status", status: 503, operation: "putFile", path: "**/never" },
            { kind: "delay", delayMs: 1 },
          ],
          disk: [{ operation: "read", path: "/data/x", kind: "io-error" }],
          memory: { activity: "restore", nth: 1 },
          outage: { kind: "silent", from: "deletion", afterMs: 0, forMs: 1 },
          freeBytes: 1,
        },
      },
    ];
    expect(await inertIn({ timeline })).toEqual([
      "timeline.0.faults.network.0 never-struck",
      "timeline.0.faults.storage.0 never-struck",
      "timeline.0.faults.disk.0 never-struck",
      "timeline.0.faults.memory never-struck",
      "timeline.0.faults.outage never-came",
      "timeline.0.faults.freeBytes never-struck",
    ]);
  });

  test("disturbances whose moment never comes, and those that do nothing", async () => {
    const timeline: Step[] = [
      {
        do: "backup",
        disturbances: [
          { when: { at: "read", path: "/data/x", nth: 1 }, what: { do: "interrupt" } },
          {
            when: { at: "read", path: "/data/a", nth: 1 },
            what: { do: "delete", path: "/data/x" },
          },
          { when: { at: "request", nth: 1 }, what: { do: "nap", how: "sleep", ms: 1 } },
          { when: { at: "read", path: "/data/a", nth: 1 }, what: { do: "touch", path: "/data/a" } },
        ],
      },
    ];
    expect(await inertIn({ timeline })).toEqual([
      "timeline.0.disturbances.2 needs-pc",
      "timeline.0.disturbances.1 changed-nothing",
      "timeline.0.disturbances.0 never-came",
    ]);
  });

  test("faults of the mail server that no mail met", async () => {
    const timeline: Step[] = [
      { do: "smtp-faults", faults: [{ stage: "rcpt", kind: "reply", code: 550 }] },
      { do: "wait", ms: 1 },
    ];
    expect(await inertIn({ ...PC, timeline })).toEqual(["timeline.0.faults.0 never-struck"]);
  });

  test("what a wait says about slots, without a PC", async () => {
    const timeline: Step[] = [{ do: "wait", ms: 1, until: "03:00", faults: {}, disturbances: [] }];
    expect(await inertIn({ timeline })).toEqual([
      "timeline.0.until needs-pc",
      "timeline.0.faults needs-pc",
      "timeline.0.disturbances needs-pc",
    ]);
  });
});

describe("what a scenario says of its world and has no effect is put down", () => {
  test("a source that is refused, and an entry that has no place", async () => {
    const tree = { ...TREE, "/data/A": { content: { text: "a" } } };
    expect(await inertIn({ disk: "windows", tree, sources: ["/data", "/data/a"] })).toEqual([
      "tree./data/A not-planted",
      "sources.1 refused",
    ]);
  });

  test("a schedule and a mail without a PC", async () => {
    const timeline: Step[] = [{ do: "wait", ms: 86_400_000 }];
    expect(await inertIn({ schedule: NOON, mail: MAIL, timeline })).toEqual([
      "schedule needs-pc",
      "mail needs-pc",
    ]);
  });

  test("a schedule of which no slot comes, and a network drive of no source", async () => {
    const pc = { kind: "windows-11" as const, networkSources: [1] };
    expect(await inertIn({ ...PC, pc, schedule: { ...NOON, time: "08:00" } })).toEqual([
      "pc.networkSources.0 no-such-source",
      "schedule no-slot",
    ]);
  });

  test("and what has an effect is not", async () => {
    const timeline: Step[] = [
      { do: "wait", ms: 60_000, until: "12:30" },
      { do: "write", path: "/data/b", content: { text: "b" } },
      { do: "backup", faults: { storage: [{ kind: "delay", delayMs: 5 }] } },
      { do: "sleep" },
      { do: "wait", ms: 60_000 },
      { do: "wake" },
    ];
    expect(await inertIn({ ...PC, schedule: NOON, timeline })).toEqual([]);
  });
});
