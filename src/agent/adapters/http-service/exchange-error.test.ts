import { expect, test } from "vitest";

import { message } from "../../../messages/message.ts";
import { socketError } from "./exchange-error.ts";

const WHAT = message("exchange.code", { code: "a test" });

test.each([
  [407, "blocked", false],
  [403, "blocked", false],
  [404, "foreign", true],
  [429, "unavailable", true],
  [502, "unavailable", true],
  [504, "unavailable", true],
] as const)("a proxy that says %i is %s", (status, way, transient) => {
  const error = Object.assign(new Error(`ERR_PROXY_REFUSED (HTTP ${status})`), {
    code: "ERR_PROXY_REFUSED",
  });

  expect(socketError(error, WHAT, false).failure).toMatchObject({ way, transient });
});
