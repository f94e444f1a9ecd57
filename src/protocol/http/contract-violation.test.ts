import { describe, expect, test } from "vitest";

import { contractViolation } from "./contract-violation.ts";
import { problem } from "./problem.ts";

const json = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value));
const JSON_TYPE = { "content-type": "application/json; charset=utf-8" };
const PROBLEM_TYPE = { "content-type": "application/problem+json" };

describe("an answer is within the contract", () => {
  test("when status, headers and body are in the table", () => {
    const body = json({ status: "ok", version: "1" });
    expect(contractViolation("health", { status: 200, headers: JSON_TYPE, body })).toBeNull();
    const refused = json(problem("not-found", "no such file"));
    expect(
      contractViolation("getFile", { status: 404, headers: PROBLEM_TYPE, body: refused }),
    ).toBeNull();
    expect(contractViolation("headFile", { status: 404, headers: {}, body: null })).toBeNull();
  });

  test.each([
    ["another status", "health", { status: 204, headers: {}, body: null }, "no such answer"],
    ["a missing header", "getFile", { status: 304, headers: {}, body: json("") }, "lacks etag"],
    [
      "another media type",
      "health",
      { status: 200, headers: {}, body: json({}) },
      "not application/json",
    ],
    [
      "another member",
      "health",
      { status: 200, headers: JSON_TYPE, body: json({ status: "ok", version: "1", more: 1 }) },
      "more",
    ],
    [
      "no JSON",
      "health",
      { status: 200, headers: JSON_TYPE, body: Buffer.from("{") },
      "expected object",
    ],
    [
      "a body where none is",
      "deleteFile",
      { status: 204, headers: {}, body: json(1) },
      "there is a body",
    ],
    [
      "a page for a problem",
      "getFile",
      { status: 404, headers: { "content-type": "text/html" }, body: json("") },
      "no application/problem+json",
    ],
    [
      "a status of no problem of it",
      "getFile",
      { status: 507, headers: PROBLEM_TYPE, body: json(problem("insufficient-capacity", "x")) },
      "no problem of this operation",
    ],
    [
      "a problem it cannot have",
      "deleteFile",
      {
        status: 403,
        headers: PROBLEM_TYPE,
        body: json({ ...problem("not-found", "x"), status: 403 }),
      },
      "cannot be refused as not-found",
    ],
    [
      "a problem that names another status",
      "getFile",
      {
        status: 404,
        headers: PROBLEM_TYPE,
        body: json({ ...problem("not-found", "x"), status: 400 }),
      },
      "another status",
    ],
  ] as const)("and not with %s", (_what, operationId, response, reason) => {
    expect(contractViolation(operationId, response)).toContain(reason);
  });
});
