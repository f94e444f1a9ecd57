import { describe, expect, test } from "vitest";

import { SimMemory } from "./sim-memory.ts";

const SOME = { entryCount: 3, pathBytes: 120 };

describe("the memory of a process", () => {
  test("follows what it says that it holds, by their number and their length", () => {
    const process = new SimMemory(1000).createProcess();
    process.take(SOME);
    const some = process.usedBytes("scan");
    process.take({ entryCount: 0, pathBytes: 120 });
    const longer = process.usedBytes("scan");
    process.give({ entryCount: 0, pathBytes: 120 });
    process.give(SOME);

    expect(some).toBeGreaterThan(1000);
    expect(longer).toBeGreaterThan(some);
    expect(process.usedBytes("scan")).toBe(1000);
  });

  test("is limited to what the PC has left beside what a process holds that does nothing", () => {
    const memory = new SimMemory(1000);
    const process = memory.createProcess();
    memory.setFree(500);

    expect(process.allowedBytes()).toBe(1500);
  });

  test("is its own: another process holds nothing of it", () => {
    const memory = new SimMemory(1000);
    memory.createProcess().take(SOME);

    expect(memory.createProcess().usedBytes("scan")).toBe(1000);
  });

  test("refuses to give back more than is held", () => {
    const process = new SimMemory().createProcess();

    expect(() => process.give(SOME)).toThrow(RangeError);
  });

  test("shows more than any budget from the time on that a fault says, whatever is held", () => {
    const memory = new SimMemory(1000);
    memory.faults.add({ activity: "scan", nth: 2 });
    const process = memory.createProcess();

    expect(process.usedBytes("scan")).toBe(1000);
    expect(process.usedBytes("compare")).toBe(1000);
    expect(process.usedBytes("scan")).toBeGreaterThan(2 ** 40);
  });
});
