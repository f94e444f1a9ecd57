import { expect, test } from "vitest";

import { startCommand } from "./support/own-command.ts";

test("a command of azukeru-sim ends quietly when nobody reads what it writes any more", async () => {
  const file = "fixtures/scenarios/a-few-days-at-the-office.yaml";
  const command = startCommand("azukeru-sim", ["replay", file, "--trace"]);
  command.process.stdout?.destroy();

  expect(await command.ended).toMatchObject({ exitCode: 141, stderr: "" });
});
