import { expect, test } from "vitest";

import type { BackupRun } from "../../observation/backup-run.ts";
import type { RequestFact } from "../../observation/request-fact.ts";
import { ForgottenUploads } from "./forgotten-uploads.ts";

const LIMITED = { serviceTuning: { memoryBytesMax: 1000 } };
const HOUR_MS = 3_600_000;

function request(method: string, status: number, bodyBytes = 0): RequestFact {
  return { atMs: 0, method, path: "/v1/uploads/one", status, bodyBytes };
}

function runAt(
  hours: number,
  requests: readonly RequestFact[],
  stop?: "kill" | "power-loss",
): BackupRun {
  const startedMs = hours * HOUR_MS;
  const kind = stop && { kind: stop, atMs: startedMs };
  return { startedMs, endedMs: startedMs, requests, stop: kind } as unknown as BackupRun;
}

const APPENDED = [request("PATCH", 204, 100), request("PATCH", 204, 50)];

test.each<[string, Parameters<typeof runAt>[2], readonly RequestFact[], number]>([
  ["an upload that a lost power cut off", "power-loss", APPENDED, 150],
  ["one that ended as the power failed", "power-loss", [...APPENDED, request("PATCH", 201)], 150],
  ["one that was given up before", "power-loss", [...APPENDED, request("DELETE", 204)], 0],
  ["one that a killed process was at, which is noted", "kill", APPENDED, 0],
])("%s", (_, stop, requests, bytes) => {
  const uploads = new ForgottenUploads(LIMITED);
  uploads.add(runAt(0, requests, stop));

  expect(uploads.bytesAt(runAt(1, []))).toBe(bytes);
  expect(uploads.bytesAt(runAt(73, []))).toBe(0);
});

test("one that the next run goes on with was not forgotten", () => {
  const uploads = new ForgottenUploads(LIMITED);
  uploads.add(runAt(0, APPENDED, "power-loss"));

  expect(uploads.bytesAt(runAt(1, [request("HEAD", 204)]))).toBe(0);
});

test("a service without a limit has room", () => {
  const uploads = new ForgottenUploads({});
  uploads.add(runAt(0, APPENDED, "power-loss"));

  expect(uploads.bytesAt(runAt(1, []))).toBe(0);
});
