import { expect, test } from "vitest";

import { readPassword } from "./read-password.ts";
import { fakeCliIo } from "./testing/fake-cli-io.ts";

const prompt = "Password: ";

test("takes all of standard input less one line end", async () => {
  const io = fakeCliIo({ stdin: " pass word \n\n" });

  expect(await readPassword(io, { fromStdin: true, prompt })).toBe(" pass word \n");
});

test("takes it from the environment and removes it there", async () => {
  const io = fakeCliIo({ env: { AZUKERU_PASSWORD: "secret" } });

  expect(await readPassword(io, { fromStdin: false, prompt })).toBe("secret");
  expect(io.env).toEqual({});
});

test("asks on a terminal without showing what is typed", async () => {
  const io = fakeCliIo({ stdin: "secrex\u007ft\n" });
  Object.assign(io.stdin, { isTTY: true });

  expect(await readPassword(io, { fromStdin: false, prompt })).toBe("secret");
  expect(io.out() + io.err()).toBe("Password: \n");
});

test.each([
  ["an empty one", { stdin: "\n" }, true],
  ["none at all", {}, false],
])("refuses %s as a usage error", async (_what, given, fromStdin) => {
  await expect(readPassword(fakeCliIo(given), { fromStdin, prompt })).rejects.toMatchObject({
    code: "usage",
  });
});
