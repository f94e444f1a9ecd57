import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import { agentWorld, PASSWORD } from "./support/agent-world.ts";
import type { EndedCommand } from "./support/ended-command.ts";

test("goes the whole way from login to a second backup without difference", async () => {
  const world = await agentWorld();
  const { serviceUrl, source } = world;
  const spawned = (...command: Parameters<typeof world.start>): Promise<EndedCommand> =>
    world.start(...command).ended;
  world.write({ "a.txt": "a", "深い/フォルダ/b.txt": "bb", 空: null });

  const login = await spawned(
    ["login", "--service", serviceUrl, "--login-id", "taro", "--password-stdin", "--json"],
    { stdin: `${PASSWORD}\n` },
  );
  expect(login.lines).toMatchObject([{ type: "account", loginId: "taro", nickname: "太郎" }]);

  const added = await spawned(["source", "add", source, "--json"]);
  expect(added.lines).toMatchObject([{ type: "source", event: "added", path: source }]);

  const first = await spawned(["backup", "run", "--json"]);
  expect(first.exit).toBe(0);
  expect(first.lines.at(0)).toMatchObject({ type: "job-started", status: "running" });
  expect(first.linesOf("file").map(({ path, status }) => [path, status])).toEqual(
    expect.arrayContaining([
      ["a.txt", "completed"],
      ["深い/フォルダ/b.txt", "completed"],
    ]),
  );
  expect(first.lines.at(-2)).toMatchObject({ type: "job-ended", status: "completed" });
  expect(first.lines.at(-1)).toMatchObject({
    type: "summary",
    completed: true,
    exitCode: 0,
    transferredFileCount: 2,
    transferredBytes: 3,
  });

  const second = await spawned(["backup", "run", "1", source, "--json", "--verbose"]);
  expect(second.linesOf("summary")).toMatchObject([{ transferredFileCount: 0 }]);
  expect(second.linesOf("file").map(({ status }) => status)).toContain("no-difference");

  const history = await spawned(["history", "--json"]);
  expect(history.linesOf("job").map(({ status }) => status)).toContain("completed");
  expect(history.linesOf("page")).toMatchObject([{ list: "jobs", nextPage: null }]);

  const shown = await spawned(["history", "show", "1", "--status", "completed", "--json"]);
  expect(shown.linesOf("job")).toMatchObject([{ jobId: 1, endedAt: expect.any(String) }]);
  expect(shown.linesOf("file").map(({ path }) => path)).toContain("a.txt");

  const capacity = await spawned(["capacity", "--json"]);
  expect(capacity.linesOf("capacity")).toMatchObject([{ usedBytes: 3 }]);

  const logout = await spawned(["logout", "--json"]);
  expect(logout.linesOf("logout")).toMatchObject([{ wasLoggedIn: true }]);
  const afterwards = await spawned(["backup", "run", "--json"]);
  expect(afterwards.exit).toBe(1);
  expect(afterwards.lines).toMatchObject([{ type: "error", code: "not-logged-in" }]);
});

test("exits 3 and names the files when something was not backed up", async () => {
  const world = await agentWorld();
  await world.prepare();
  world.write({ "good.txt": "x", "bad?.txt": "x" });

  const asText = await world.run(["backup", "run", "--lang", "ja"]);
  expect(asText.exit).toBe(3);
  expect(asText.out).toContain("未完了（禁止文字検出）  bad?.txt");
  expect(asText.out).toMatch(/原因: .+\n {2}対処: /);
  expect(asText.out).not.toContain("\u001b");

  const asJson = await world.run(["backup", "run", "--json"]);
  expect(asJson.exit).toBe(3);
  expect(asJson.linesOf("file")).toMatchObject([
    { path: "bad?.txt", status: "forbidden-characters", causes: [{ id: "B-FC-5" }] },
  ]);
});

test("gives the bytes of names that are not valid Unicode", async () => {
  const world = await agentWorld();
  await world.prepare();
  const name = Buffer.concat([Buffer.from(world.source), Buffer.from("/x\xff.txt", "latin1")]);
  try {
    writeFileSync(name, "x");
  } catch {
    return; // This disk takes no such names.
  }

  const backup = await world.run(["backup", "run", "--json"]);

  expect(backup.exit).toBe(3);
  expect(backup.linesOf("file")).toMatchObject([
    { path: "x\ufffd.txt", pathBase64: Buffer.from("x\xff.txt", "latin1").toString("base64") },
  ]);
});

test("turns pages of the details", async () => {
  const world = await agentWorld();
  await world.prepare();
  world.write(Object.fromEntries(Array.from({ length: 120 }, (_, n) => [`${n}.txt`, "x"])));
  await world.run(["backup", "run", "--json"]);

  const second = await world.run(["history", "show", "1", "--page", "2"]);

  expect(second.out).toMatch(/Rows 101 to (12\d) of \1/);
  expect(second.out).toContain(`azukeru-agent --home ${world.home} history show 1 --page 1`);
  const beyond = await world.run(["history", "show", "1", "--page", "3", "--lang", "ja"]);
  expect([beyond.exit, beyond.err]).toMatchObject([
    2,
    expect.stringContaining("3ページ目はありません。1から2までのページがあります"),
  ]);
});

test("refuses a wrong password without repeating it, and keeps the settings as they were", async () => {
  const world = await agentWorld();
  const login = ["login", "--service", world.serviceUrl, "--login-id", "taro"];

  const refused = await world.run(
    [...login, "--password-stdin", "--device-name", "new", "--json"],
    {
      stdin: "not-the-password-either",
    },
  );

  expect(refused.exit).toBe(1);
  expect(refused.lines).toMatchObject([{ type: "error", code: "login-refused" }]);
  expect(refused.out + refused.err).not.toContain("not-the-password-either");
  expect((await world.run(["settings"])).out).not.toContain("new");
});

test("cannot run without a service", async () => {
  const world = await agentWorld();

  const login = await world.run(
    ["login", "--service", "http://127.0.0.1:1", "--login-id", "taro", "--json"],
    { env: { AZUKERU_PASSWORD: PASSWORD } },
  );

  expect(login.exit).toBe(1);
  expect(login.lines).toMatchObject([{ type: "error", code: "service-unreachable" }]);
});

test("lets no password and no token into what it prints, its log and its notes", async () => {
  const world = await agentWorld();
  await world.prepare();
  world.write({ "a.txt": "a" });
  const printed: string[] = [];
  for (const command of [
    ["settings"],
    ["source", "list"],
    ["backup", "run"],
    ["history"],
    ["history", "show", "1"],
    ["browse"],
    ["generations", join(world.source, "a.txt")],
    ["restore", world.source, world.home],
    ["history", "restore"],
    ["capacity"],
    ["login", "--service", world.serviceUrl, "--login-id", "taro"],
  ]) {
    for (const options of [["--debug"], ["--debug", "--json"]]) {
      const env = { AZUKERU_PASSWORD: PASSWORD };
      const { exit, out, err } = await world.run([...command, ...options], { env });
      expect([command, exit]).toEqual([command, 0]);
      printed.push(out, err);
    }
  }
  const tokens = world.service.snapshot().secrets.sessions.map(({ token }) => token);
  expect(tokens.length).toBeGreaterThan(0);

  // The database itself holds what is needed to log in again, for its owner's eyes only.
  const files = readdirSync(world.home, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith("agent.db"))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8"));

  for (const secret of [PASSWORD, ...tokens]) {
    for (const text of [...printed, ...files]) expect(text).not.toContain(secret);
  }
  expect(statSync(join(world.home, "agent.db")).mode & 0o777).toBe(0o600);
  expect(statSync(world.home).mode & 0o777).toBe(0o700);
});
