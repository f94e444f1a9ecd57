import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { digest } from "./digest.ts";
import { Trace } from "./trace.ts";

const word = fc.stringMatching(/^[a-z]{1,8}$/);
const events = fc.array(fc.tuple(word, word, fc.stringMatching(/^[ -~]{0,400}$/)), {
  maxLength: 200,
});

function traceOf(lines: readonly (readonly [string, string, string])[], keepLines?: number): Trace {
  const trace = new Trace(
    keepLines === undefined ? { nowMs: () => 7 } : { nowMs: () => 7, keepLines },
  );
  for (const line of lines) trace.add(...line);
  return trace;
}

describe("a trace", () => {
  test("has one hash for the same events, however often it is asked and however little it keeps", () => {
    fc.assert(
      fc.property(events, fc.nat({ max: 20 }), (lines, keepLines) => {
        const asked = traceOf(lines.slice(0, 50));
        asked.traceHash();
        for (const line of lines.slice(50)) asked.add(...line);
        expect(asked.traceHash()).toBe(traceOf(lines).traceHash());
        expect(traceOf(lines, keepLines + 1).traceHash()).toBe(traceOf(lines).traceHash());
      }),
    );
  });

  test("has another hash when anything differs", () => {
    const hash = traceOf([["agent", "put", "a"]]).traceHash();
    expect(traceOf([["agent", "put", "b"]]).traceHash()).not.toBe(hash);
    expect(traceOf([]).traceHash()).not.toBe(hash);
  });

  test("keeps the newest lines", () => {
    const lines = Array.from({ length: 25 }, (_, at) => ["a", "b", String(at)] as const);
    expect(traceOf(lines, 2).lines()).toEqual(["7 24 a b 23", "7 25 a b 24"]);
    expect(traceOf(lines).lines()).toHaveLength(25);
  });

  test("refuses a secret without repeating it", () => {
    const trace = new Trace({ nowMs: () => 0, secrets: ["hunter2", ""] });
    expect(() => trace.add("agent", "login", "password=hunter2")).toThrow(/secret/);
    expect(() => trace.add("agent", "login", "password=hunter2")).not.toThrow(/hunter2/);
    trace.addSecret("token-9");
    expect(() => trace.add("agent", "get", "bearer token-9")).toThrow(/secret/);
  });

  test("stays one line whatever a file is called", () => {
    expect(traceOf([["disk", "open", "/a\nb\udcff"]]).lines()).toEqual([
      "7 1 disk open /a\\u{a}b\\u{dcff}",
    ]);
  });

  test("names bytes by a short digest", () => {
    expect(digest("hello")).toBe("2cf24dba5fb0");
    expect(digest(Buffer.from("hello"))).toBe(digest("hello"));
  });
});
