import { expect, test } from "vitest";

import { FakeHost } from "../testing/fake-host.ts";
import { outputLineSchema } from "./views/output-schema.ts";
import { runCli } from "./run-cli.ts";
import { FakeAgent, opening } from "./testing/fake-agent.ts";
import { fakeCliIo } from "./testing/fake-cli-io.ts";

const agent = new FakeAgent();
const PATH = agent.sources.list()[0]?.path ?? "";

async function said(command: string, networkPaths: readonly string[]): Promise<string> {
  const io = fakeCliIo();
  const host = new FakeHost();
  host.networkPaths = networkPaths;
  expect(await runCli(command.split(" "), io, opening(agent), async () => host)).toBe(0);
  return io.out();
}

test.each(["source list", `source add ${PATH}`, "source remove 1"])(
  "%s --json tells whether the source is on a network drive",
  async (command) => {
    for (const networkPaths of [[], [PATH]]) {
      const line = outputLineSchema.parse(
        JSON.parse(await said(`${command} --json`, networkPaths)),
      );
      expect(line).toMatchObject({ type: "source", isOnNetworkDrive: networkPaths.length > 0 });
    }
  },
);

test("source list marks network drives, and no others", async () => {
  expect(await said("source list --lang en", [PATH])).toContain(`${PATH} [network drive]`);
  expect(await said("source list --lang ja", [PATH])).toContain(`${PATH} [ネットワークドライブ]`);
  expect(await said("source list --lang en", [])).not.toContain("network");
});

test("source add says what a network drive means for the schedule", async () => {
  expect(await said(`source add ${PATH} --lang en`, [PATH])).toContain(
    "only while you are signed in",
  );
  expect(await said(`source add ${PATH} --lang en`, [])).not.toContain("signed in");
});
