import { expect, test } from "vitest";

import { chooseMediaType } from "./accept.ts";

const OFFERED = ["application/json", "application/x-ndjson"] as const;

test.each([
  [undefined, "application/json"],
  ["", "application/json"],
  ["*/*", "application/json"],
  ["application/x-ndjson", "application/x-ndjson"],
  ["application/x-ndjson;q=0.5, application/json;q=0.4", "application/x-ndjson"],
  ["application/x-ndjson;q=0.5, */*", "application/json"],
  ["application/json;q=0, application/*", "application/x-ndjson"],
  ["Application/JSON; charset=utf-8", "application/json"],
  ["text/html", undefined],
  ["application/json;q=0", undefined],
  [";;;,,,q=x", undefined],
])("Accept: %s wants %s", (accept, wanted) => {
  expect(chooseMediaType(accept, OFFERED)).toBe(wanted);
});
