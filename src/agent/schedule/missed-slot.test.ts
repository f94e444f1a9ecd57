import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

import { causesOf } from "../../protocol/causes/causes.ts";
import type { HostEvent, TaskStatus } from "../ports/host.ts";
import { missedSlotCauses, type MissedSlot, type ToolEvent } from "./missed-slot.ts";
import { osTask } from "./os-task.ts";
import { nextSlot } from "./slots.ts";

const SCHEDULE = { weekdays: [0, 1, 2, 3, 4, 5, 6], minuteOfDay: 180 };
const SLOT = nextSlot(SCHEDULE, "Asia/Tokyo", 20_000);
const MINUTE_MS = 60_000;
const NO_TASK: TaskStatus = { isRegistered: false, worksSignedOut: false, task: null };
const TASK: TaskStatus = {
  isRegistered: true,
  worksSignedOut: true,
  task: osTask(SCHEDULE, ["azukeru-agent"]),
};

/** A moment some minutes before or after the slot. */
function at(minutes: number): number {
  return SLOT.atMs + minutes * MINUTE_MS;
}

function host(...events: readonly (readonly [number, HostEvent["kind"]])[]): HostEvent[] {
  return events.map(([minutes, kind]) => ({ atMs: at(minutes), kind }));
}

function tool(...events: readonly (readonly [number, ToolEvent["event"]])[]): ToolEvent[] {
  return events.map(([minutes, event]) => ({ atMs: at(minutes), event }));
}

const UP = host([-600, "boot"], [-599, "sign-in"]);
const RUNNING = tool([-500, "tool-started"], [-499, "logged-in"]);

/** Awake, a person signed in, no task, the tool closed long ago. */
function missed(changes: Partial<MissedSlot> = {}): MissedSlot {
  return {
    slot: SLOT,
    schedule: SCHEDULE,
    hostEvents: UP,
    toolEvents: [...RUNNING, ...tool([-400, "tool-closed"])],
    hostKind: "windows",
    task: NO_TASK,
    isNetworkDrive: false,
    wasInteractive: true,
    ...changes,
  };
}

describe("a slot that did not run", () => {
  test.each([
    ["B-NR-1", "nothing of all that", missed()],
    ["B-NR-2", "the tool ran, logged out", missed({ toolEvents: tool([-9, "tool-started"]) })],
    ["B-NR-3", "asleep", missed({ hostEvents: [...UP, ...host([-60, "sleep"], [60, "wake"])] })],
    [
      "B-NR-4",
      "hibernating",
      missed({ hostEvents: [...UP, ...host([-60, "hibernate"], [60, "wake"])] }),
    ],
    [
      "B-NR-5",
      "shut down",
      missed({
        hostEvents: [...UP, ...host([-61, "sign-out"], [-60, "shutdown"], [60, "boot"])],
      }),
    ],
    ["B-NR-6", "signed out", missed({ hostEvents: [...UP, ...host([-60, "sign-out"])] })],
    ["B-NR-6", "started without anybody", missed({ hostEvents: [...UP, ...host([-60, "boot"])] })],
    ["B-NR-7", "a network drive", missed({ isNetworkDrive: true })],
    [
      "B-NR-7",
      "a network drive, the tool alone",
      missed({ toolEvents: RUNNING, isNetworkDrive: true, wasInteractive: false }),
    ],
    [
      "B-NR-8",
      "Windows Server 2012, signed out",
      missed({
        hostKind: "windows-server-2012",
        hostEvents: [...UP, ...host([-60, "sign-out"])],
      }),
    ],
    [
      "B-NR-9",
      "the tool closed in the lead time",
      missed({ toolEvents: [...RUNNING, ...tool([-5, "tool-closed"])] }),
    ],
    [
      "B-NR-9",
      "signed out in the lead time",
      missed({ hostEvents: [...UP, ...host([-1, "sign-out"])] }),
    ],
  ] as const)("is %s: %s", (cause, _, given) => {
    expect(missedSlotCauses(given)).toEqual([cause]);
  });

  test("is B-NR-1 with a task that was to start the tool and did not, signed in or out", () => {
    const out = [...UP, ...host([-60, "sign-out"])];

    expect(missedSlotCauses(missed({ task: TASK }))).toEqual(["B-NR-1"]);
    expect(missedSlotCauses(missed({ task: TASK, hostEvents: out }))).toEqual(["B-NR-1"]);
  });

  test("is B-NR-6 with a task for other times", () => {
    const other = osTask({ ...SCHEDULE, minuteOfDay: 600 }, ["azukeru-agent"]);
    const given = missed({
      task: { ...TASK, task: other },
      hostEvents: [...UP, ...host([-60, "sign-out"])],
    });

    expect(missedSlotCauses(given)).toEqual(["B-NR-6"]);
  });

  test("was not in the lead time when the tool was closed 6 minutes before, or started again", () => {
    const early = [...RUNNING, ...tool([-6, "tool-closed"])];
    const again = [...RUNNING, ...tool([-4, "tool-closed"], [-3, "tool-started"])];

    expect(missedSlotCauses(missed({ toolEvents: early }))).toEqual(["B-NR-1"]);
    expect(missedSlotCauses(missed({ toolEvents: again }))).toEqual(["B-NR-1"]);
  });

  test("names every rest where the PC keeps no log", () => {
    expect(missedSlotCauses(missed({ hostEvents: [] }))).toEqual([
      "B-NR-1",
      "B-NR-5",
      "B-NR-4",
      "B-NR-3",
    ]);
  });

  test("names a shutdown as well where the power went at an unknown moment", () => {
    const lost = [...UP, ...host([60, "power-loss"], [60, "boot"])];

    expect(missedSlotCauses(missed({ hostEvents: lost }))).toEqual(["B-NR-1", "B-NR-5"]);
  });

  test("names none where somebody was seen between the slot and the loss of power", () => {
    const lost = [...UP, ...host([10, "sign-out"], [60, "power-loss"], [60, "boot"])];
    const later = [...RUNNING, ...tool([-400, "tool-closed"], [10, "tool-started"])];
    const seen = missed({ hostEvents: lost.toSpliced(2, 1), toolEvents: later });

    expect(missedSlotCauses(missed({ hostEvents: lost }))).toEqual(["B-NR-1"]);
    expect(missedSlotCauses(seen)).toEqual(["B-NR-1"]);
  });

  test("does not believe a tool that was cut off to have run, whatever commands noted since", () => {
    const silent = [...tool([-9, "tool-started"]), ...tool([60, "tool-started"])];
    const noted = [...tool([-9, "tool-started"]), ...tool([30, "logged-in"], [60, "tool-started"])];

    expect(missedSlotCauses(missed({ toolEvents: silent }))).toEqual(["B-NR-1"]);
    expect(missedSlotCauses(missed({ toolEvents: noted }))).toEqual(["B-NR-1"]);
  });
});

const minutes = fc.integer({ min: -30, max: 30 });
const anyMissed: fc.Arbitrary<MissedSlot> = fc.record({
  slot: fc.constant(SLOT),
  schedule: fc.constant(SCHEDULE),
  hostEvents: fc
    .array(
      fc.tuple(
        minutes,
        fc.constantFrom<HostEvent["kind"]>(
          "sleep",
          "hibernate",
          "wake",
          "shutdown",
          "power-loss",
          "boot",
          "sign-in",
          "sign-out",
        ),
      ),
      { maxLength: 8 },
    )
    .map((events) => host(...events.toSorted(([a], [b]) => a - b))),
  toolEvents: fc
    .array(
      fc.tuple(
        minutes,
        fc.constantFrom<ToolEvent["event"]>(
          "tool-started",
          "tool-closed",
          "logged-in",
          "logged-out",
        ),
      ),
      { maxLength: 8 },
    )
    .map((events) => tool(...events.toSorted(([a], [b]) => a - b))),
  hostKind: fc.constantFrom("windows", "windows-server-2012", "windows-server", "macos", "linux"),
  task: fc.constantFrom(NO_TASK, TASK, { ...TASK, worksSignedOut: false }),
  isNetworkDrive: fc.boolean(),
  wasInteractive: fc.boolean(),
});

describe("whatever is known", () => {
  test("there is a cause, no cause twice, and only causes of 未実行", () => {
    fc.assert(
      fc.property(anyMissed, (given) => {
        const causes = missedSlotCauses(given);

        expect(causes.length).toBeGreaterThan(0);
        expect(new Set(causes).size).toBe(causes.length);
        for (const cause of causes) expect(causesOf("backup")).toContain(cause);
      }),
    );
  });

  test("a rest that the log has at the slot is the one cause", () => {
    const rests = fc.constantFrom(
      ["shutdown", "B-NR-5"] as const,
      ["hibernate", "B-NR-4"] as const,
      ["sleep", "B-NR-3"] as const,
    );
    fc.assert(
      fc.property(anyMissed, rests, (given, [kind, cause]) => {
        const before = given.hostEvents.filter(({ atMs }) => atMs < SLOT.atMs);
        const after = given.hostEvents.filter(({ atMs }) => atMs > SLOT.atMs);
        const hostEvents = [...before, ...host([0, kind]), ...after];

        expect(missedSlotCauses({ ...given, hostEvents })).toEqual([cause]);
      }),
    );
  });

  test("what the PC did after it had moved once changes nothing", () => {
    fc.assert(
      fc.property(anyMissed, (given) => {
        const isPower = ({ kind }: HostEvent): boolean => !kind.startsWith("sign-");
        fc.pre(given.hostEvents.some((event) => event.atMs > SLOT.atMs && isPower(event)));
        const later: HostEvent = { atMs: at(3_000), kind: "shutdown" };

        expect(missedSlotCauses({ ...given, hostEvents: [...given.hostEvents, later] })).toEqual(
          missedSlotCauses(given),
        );
      }),
    );
  });

  test("every cause of 未実行 is reached", () => {
    const reached = new Set(
      fc.sample(anyMissed, { numRuns: 3_000, seed: 1 }).flatMap((given) => missedSlotCauses(given)),
    );
    const wanted = causesOf("backup").filter((cause) => cause.startsWith("B-NR-"));

    expect([...reached].toSorted()).toEqual(wanted.toSorted());
  });
});
