import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

import type { ListedEntry } from "../../ports/service.ts";
import { FROM, RestoreBench } from "../../testing/restore-bench.ts";

const REFUSED = "communication-error R-CE-6";

/** A listing whose second file, `m`, claims another path, under which the service has it. */
async function withPath(path: string): Promise<RestoreBench & { outcome: string | undefined }> {
  const bench = new RestoreBench({ stored: { a: "1", m: "2", z: "3" } });
  const { service } = bench;
  const { entries } = await service.listPage(FROM.split("/"), { recursive: true });
  service.onListing = () =>
    entries.map((entry) => (entry.path === `${FROM}/m` ? { ...entry, path } : entry));
  const content = service.generations.get(`${FROM}/m`) ?? [];
  if (!service.generations.has(path)) service.generations.set(path, content);
  const { rows } = await bench.run({ onConflict: "overwrite" });
  const row = rows[1];
  return Object.assign(bench, { outcome: row && [row.status, ...row.causes].join(" ") });
}

describe("a name the service returns", () => {
  test.each([
    ["leads up", `${FROM}/../../x`],
    ["leads up from below", `${FROM}/m/../../x`],
    ["stays where it is", `${FROM}/./m`],
    ["is absolute", "/etc/passwd"],
    ["is absolute below", `${FROM}//etc/passwd`],
    ["has a drive", `${FROM}/C:\\x`],
    ["has a drive alone", "C:\\x"],
    ["has a backslash", `${FROM}/m\\..\\..\\x`],
    ["has NUL", `${FROM}/m\u0000.txt`],
    ["is empty", `${FROM}/`],
    ["is the folder itself", FROM],
    ["is a lone surrogate", `${FROM}/m\ud800`],
    ["has a character of F20", `${FROM}/m?`],
    ["is in a folder that begins with a full stop", `${FROM}/.m/x`],
    ["is in another folder", `${FROM}2/m`],
    ["is there twice", `${FROM}/a`],
    ["is out of order", `${FROM}/0`],
    ["is longer than the service can hold", `${FROM}/${"m".repeat(17_000)}`],
  ])("that %s writes nothing, and has its row", async (_, path) => {
    const bench = await withPath(path);

    expect(bench.outcome).toBe(REFUSED);
    expect(bench.disk.tree()).toEqual({ a: "1", z: "3" });
    expect(Object.keys(bench.disk.tree("/")).filter((one) => !one.startsWith("target"))).toEqual(
      [],
    );
  });

  test("whatever it is, leads nowhere but into the chosen folder", async () => {
    const names = fc.constantFrom(
      "..",
      ".",
      "",
      "a",
      "m",
      "C:",
      "\u0000",
      "~",
      "CON",
      "b",
      "\\",
      "z",
    );
    await fc.assert(
      fc.asyncProperty(fc.array(names, { maxLength: 5 }), fc.boolean(), async (parts, isBelow) => {
        const path = isBelow ? [FROM, ...parts].join("/") : parts.join("/");
        const bench = await withPath(path);
        const elsewhere = Object.keys(bench.disk.tree("/")).filter(
          (one) => one !== "target" && !one.startsWith("target/"),
        );
        expect(elsewhere).toEqual([]);
        expect(bench.disk.tree()).toMatchObject({ a: "1" });
        expect(bench.disk.callsOf("open").every((call) => call.startsWith("open /target"))).toBe(
          true,
        );
      }),
      { numRuns: 60 },
    );
  });

  test("of a kind that nobody knows has its row, and spoils no other", async () => {
    const bench = new RestoreBench({ stored: { a: "1", z: "3" } });
    const strange: ListedEntry = { kind: "unknown", path: `${FROM}/link` };
    bench.service.onListing = ([first, ...rest]) => (first ? [first, strange, ...rest] : []);

    const { job, rows } = await bench.run();

    expect(rows.map(({ path, entryKind, status }) => [path, entryKind, status])).toEqual([
      ["a", "file", "completed"],
      ["link", "other", "communication-error"],
      ["z", "file", "completed"],
    ]);
    expect(job).toMatchObject({ status: "communication-error", causes: ["R-CE-6"] });
  });

  test("is shown without what no name has, and cut where it does not end", async () => {
    const bench = new RestoreBench();
    const path = `${FROM}/a\u0000\ud800${"x".repeat(10_000)}`;
    bench.service.onListing = () => [{ kind: "unknown", path }];

    const { rows } = await bench.run();

    expect(rows[0]?.path).toMatch(/^a\ufffd\ufffdx+$/);
    expect(rows[0]?.path.length).toBe(4_096);
  });
});

describe("a listing without an end", () => {
  test.each([
    ["the same page under the same token", () => "again"],
    ["the same page under new tokens", (count: number) => `token ${count}`],
    ["the same page under two tokens in turn", (count: number) => `token ${count % 2}`],
  ])("that is %s ends the job as R-CE-6", async (_, tokenOf) => {
    const bench = new RestoreBench({ stored: { a: "1", b: "2" } });
    const { service } = bench;
    const page = await service.listPage(FROM.split("/"), { recursive: true });
    let count = 0;
    service.listPage = async () => ({ ...page, nextPageToken: tokenOf(++count) });

    const { job, outcomes } = await bench.run();

    expect(count).toBeLessThan(4);
    expect(outcomes).toMatchObject({ "": REFUSED });
    expect(job).toMatchObject({ status: "communication-error", causes: ["R-CE-6"] });
    expect(bench.disk.tree()).toEqual({ a: "1", b: "2" });
  });

  test("that is empty pages for ever ends the job too", async () => {
    const bench = new RestoreBench();
    let count = 0;
    bench.service.listPage = async () => ({ entries: [], nextPageToken: `${++count}` });

    const { outcomes } = await bench.run();

    expect(outcomes).toEqual({ "": REFUSED });
    expect(count).toBe(1);
  });
});
