import { beforeAll, describe, expect, test } from "vitest";

import { honestRun } from "../checkers/testing/honest-run.ts";
import type { RunRecord } from "../observation/run-record.ts";
import { renderTrace } from "./render-trace.ts";

let record: RunRecord;

beforeAll(async () => {
  record = await honestRun({
    start: "2026-11-21T00:00:00Z",
    zone: "Asia/Tokyo",
    tree: { "/data/報告書 100%": { content: { text: "a" } } },
    timeline: [{ do: "backup" }],
  });
});

describe("the trace for people", () => {
  test("has one line for each of the canonical one, in the PC's local time", () => {
    const lines = renderTrace(record);
    expect(lines).toHaveLength(record.trace.length);
    expect(lines.find((line) => line.includes("POST /v1/sessions"))).toMatch(
      /^2026-11-21 09:00:00\.000 {2}service {3}request {6}POST \/v1\/sessions/,
    );
  });

  test("has names as they are, and what the logs say", () => {
    const text = renderTrace(record).join("\n");
    expect(record.trace.join("\n")).toMatch(/%E3%82%BB/);
    expect(text).not.toMatch(/%E3/);
    expect(text).toContain("/v1/folders/セキュリティ領域/");
    expect(text).toContain("/data/報告書 100% ok");
    expect(text).toMatch(/pc {8}log {10}info \w/);
    expect(text).not.toMatch(/log {10}info [0-9a-f]{12}$/m);
  });

  test("follows the zone that the PC is set to", () => {
    const fact = (zone: string): string => `0 1 pc fact ${JSON.stringify({ what: "zone", zone })}`;
    const trace = [fact("UTC"), "0 2 pc log x", fact("Asia/Kolkata"), "0 4 person backup "];
    const lines = renderTrace({ ...record, trace });
    expect(lines.map((line) => line.slice(11, 16))).toEqual(["00:00", "00:00", "05:30", "05:30"]);
  });

  test("tells no secret that a log has", async () => {
    const [log = ""] = record.logs;
    const told = renderTrace({ ...record, secrets: [log.slice(12, 30)] });
    expect(log.slice(12, 30)).not.toBe("");
    expect(renderTrace(record).join("\n")).not.toContain("[a secret]");
    expect(told.join("\n")).not.toContain(log.slice(12, 30));
  });

  test("leaves what is not encoded well, and escapes what a terminal would obey", () => {
    const trace = ["0 1 service request GET /a%FFb%1B[31m 0"];
    expect(renderTrace({ ...record, trace })[0]).toMatch(/GET \/a%FFb\S{2,}\[31m 0$/);
    expect(renderTrace({ ...record, trace })[0]).not.toContain("\u001b");
  });
});
