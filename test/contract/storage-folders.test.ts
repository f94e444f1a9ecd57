import * as fc from "fast-check";
import { beforeEach, describe, expect, test } from "vitest";

import type { Entry } from "../../src/protocol/http/schemas.ts";
import {
  AUTOMATIC_BACKUP_FOLDER,
  formatServicePath,
  SECURITY_AREA,
} from "../../src/protocol/service-path.ts";
import type { StorageService } from "../../src/sim-server/storage/service/storage-service.ts";
import {
  DESTINATION,
  folderUrl,
  inDestination,
  json,
  makeService,
  StorageClient,
} from "./storage-client.ts";

let service: StorageService;
let client: StorageClient;

beforeEach(async () => {
  service = makeService();
  client = await StorageClient.loggedIn(service);
  await client.putFolder(DESTINATION);
});

async function page(
  query: string,
  path = DESTINATION,
): Promise<{ entries: Entry[]; nextPageToken: string | null }> {
  return json(await client.call("getFolder", "GET", `${folderUrl(path)}?${query}`));
}

async function pages(query: string): Promise<Entry[]> {
  const entries: Entry[] = [];
  let token: string | null = "";
  while (token !== null) {
    const part = await page(token === "" ? query : `${query}&pageToken=${token}`);
    entries.push(...part.entries);
    token = part.nextPageToken;
  }
  return entries;
}

async function stream(query: string): Promise<Entry[]> {
  const answer = await client.call("getFolder", "GET", `${folderUrl(DESTINATION)}?${query}`, {
    headers: { accept: "application/x-ndjson" },
  });
  const lines = answer.body.toString().split("\n").slice(0, -1);
  return lines.map((line) => JSON.parse(line) as Entry);
}

describe("a listing", () => {
  test("is in order of UTF-8 bytes, a folder right before what is in it", async () => {
    const explorer = service.explorer("demo");
    for (const names of [
      ["a.txt"],
      ["a", "x"],
      ["a!"],
      ["a"],
      ["b"],
      ["ｱ"],
      ["😀"],
      ["a", "b", "c"],
    ]) {
      explorer.put(inDestination(...names), "x");
    }
    const expected = ["a", "a!", "a.txt", "a/", "a/b/", "a/b/c", "a/x", "b", "ｱ", "😀"];
    const shown = (entries: Entry[]): string[] =>
      entries.map(({ kind, path }) => {
        const below = path.slice(formatServicePath(DESTINATION).length + 1);
        return kind === "folder" ? `${below}/` : below;
      });
    expect(shown(await pages("recursive=true"))).toEqual(expected);
    expect(shown(await pages("recursive=true&limit=1"))).toEqual(expected);
    expect(shown(await stream("recursive=true"))).toEqual(expected);
    const children = expected.filter((path) => !/\/./.test(path));
    expect(shown(await pages("limit=2"))).toEqual(children);
    expect(shown(await stream(""))).toEqual(children);
  });

  test("yields every entry that stays, once, whatever comes and goes between two pages", async () => {
    const name = fc.constantFrom("a", "b", "c", "a!", "d", "z", "０", "😀");
    const path = fc.array(name, { minLength: 1, maxLength: 3 });
    const change = fc.record({ add: fc.boolean(), path });
    await fc.assert(
      fc.asyncProperty(
        fc.array(path, { maxLength: 12 }),
        fc.array(change, { maxLength: 12 }),
        async (stay, changes) => {
          const explorer = service.explorer("demo");
          if (explorer.folderExists(DESTINATION)) explorer.delete("folder", DESTINATION);
          explorer.createFolder(DESTINATION);
          for (const names of stay)
            explorer.put(inDestination(...names.map((each) => `s${each}`)), "x");
          const kept = explorer.list(DESTINATION).map((entry) => entry.path);
          const seen: string[] = [];
          const turns = [...changes];
          let token: string | null = null;
          do {
            const part: { entries: Entry[]; nextPageToken: string | null } = await page(
              `recursive=true&limit=2${token === null ? "" : `&pageToken=${token}`}`,
            );
            seen.push(...part.entries.map((entry) => entry.path));
            token = part.nextPageToken;
            for (const { add, path: names } of turns.splice(0, 3)) {
              const at = inDestination(...names);
              if (add) explorer.put(at, "x");
              else if (explorer.file(at) !== undefined) explorer.delete("file", at);
            }
          } while (token !== null);
          const stayed = seen.filter((each) => kept.includes(each));
          expect(stayed.toSorted()).toEqual(kept.toSorted());
        },
      ),
      { numRuns: 50 },
    );
  });

  test("is refused for what is no folder, no token or no query", async () => {
    const get = (target: string): ReturnType<StorageClient["send"]> =>
      client.call("getFolder", "GET", target);
    expect((await get(folderUrl([...DESTINATION, "none"]))).status).toBe(404);
    for (const query of [
      "limit=0",
      "limit=1001",
      "limit=x",
      "recursive=yes",
      "pageToken=AAAA",
      "pageToken=",
      "other=1",
      "limit=1&limit=1",
      "limit=%zz",
      "__proto__=1",
    ]) {
      expect([query, (await get(`${folderUrl(DESTINATION)}?${query}`)).status]).toEqual([
        query,
        400,
      ]);
    }
    const xml = { headers: { accept: "application/xml" } };
    const refused = await client.call("getFolder", "GET", folderUrl(DESTINATION), xml);
    expect(refused.status).toBe(406);
  });
});

describe("folders", () => {
  test("are created with all their parents, once", async () => {
    const path = [SECURITY_AREA, AUTOMATIC_BACKUP_FOLDER, "管理者フォルダ(demo)", "pc2", "x"];
    const created = await client.putFolder(path);
    expect(created.status).toBe(201);
    const again = await client.putFolder(path);
    expect(again.status).toBe(200);
    // That it was made again is news to whoever asks which of two was written to later, and to nobody else.
    const { writeOrder } = json(again);
    expect(writeOrder).toBeGreaterThan(json(created).writeOrder);
    expect(json(again)).toEqual({ ...json(created), writeOrder });
    expect((await client.call("headFolder", "HEAD", folderUrl(path))).status).toBe(200);
    expect((await client.call("headFolder", "HEAD", folderUrl([...path, "y"]))).status).toBe(404);
  });

  test("have no leading full stop, and none outside the security area", async () => {
    expect(json(await client.putFolder(inDestination(".git"))).code).toBe("forbidden-name");
    expect(json(await client.putFolder(["elsewhere"])).code).toBe("access-refused");
  });

  test("that are always there cannot be deleted or renamed", async () => {
    for (const path of [[SECURITY_AREA], [SECURITY_AREA, AUTOMATIC_BACKUP_FOLDER]]) {
      expect((await client.call("deleteFolder", "DELETE", folderUrl(path))).status).toBe(403);
      const from = formatServicePath(path);
      expect((await move("folder", from, `${SECURITY_AREA}/x`)).status).toBe(403);
    }
  });
});

describe("a folder that is to be deleted only if it is empty", () => {
  const folder = inDestination("d", "e");

  function deleteFolder(query: string, path = folder): ReturnType<StorageClient["send"]> {
    return client.call("deleteFolder", "DELETE", `${folderUrl(path)}${query}`);
  }

  test("is deleted when it is, and is not found afterwards", async () => {
    await client.putFolder(folder);
    expect((await deleteFolder("?onlyIfEmpty=true")).status).toBe(204);
    expect((await client.call("headFolder", "HEAD", folderUrl(folder))).status).toBe(404);
    expect(json(await deleteFolder("?onlyIfEmpty=true")).code).toBe("not-found");
    expect((await client.call("headFolder", "HEAD", folderUrl(inDestination("d")))).status).toBe(
      200,
    );
  });

  test.each([
    ["a file", async () => void (await client.put([...folder, "f"], "x"))],
    ["an empty folder", async () => void (await client.putFolder([...folder, "g"]))],
  ])("keeps %s in it, and itself", async (_, fill) => {
    await client.putFolder(folder);
    await fill();
    const before = await pages("recursive=true");
    const refused = await deleteFolder("?onlyIfEmpty=true");
    expect([refused.status, json(refused).code]).toEqual([409, "folder-not-empty"]);
    expect(await pages("recursive=true")).toEqual(before);
  });

  test("is deleted with what is in it when nobody asked for that", async () => {
    for (const query of ["", "?onlyIfEmpty=false"]) {
      await client.putFolder([...folder, "g"]);
      expect((await deleteFolder(query)).status).toBe(204);
    }
  });

  test("is refused for another word than true or false, and where none can be deleted", async () => {
    await client.putFolder(folder);
    expect((await deleteFolder("?onlyIfEmpty=yes")).status).toBe(400);
    expect((await deleteFolder("?onlyIfEmpty=true", [SECURITY_AREA])).status).toBe(409);
    expect((await deleteFolder("", [SECURITY_AREA])).status).toBe(403);
  });
});

function move(kind: string, from: string, to: string): ReturnType<StorageClient["send"]> {
  return client.call("moveEntry", "POST", "/v1/moves", {
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ kind, from, to }),
  });
}

describe("a move", () => {
  const text = (...names: string[]): string => formatServicePath(inDestination(...names));

  test("keeps the file with its generations, and what is in a folder", async () => {
    await client.put(inDestination("a"), "1");
    await client.put(inDestination("a"), "2");
    const { id } = service.explorer("demo").file(inDestination("a")) ?? {};
    expect(json(await move("file", text("a"), text("b")))).toMatchObject({
      id,
      name: "b",
      path: text("b"),
    });
    expect((await client.get(inDestination("a"))).status).toBe(404);
    expect(service.explorer("demo").generations(inDestination("b")).length).toBe(2);
    service.explorer("demo").put(inDestination("d", "e", "f"), "x");
    await client.putFolder(inDestination("g"));
    expect((await move("folder", text("d"), text("g", "h"))).status).toBe(200);
    expect(
      service
        .explorer("demo")
        .list(inDestination("g"))
        .map(({ path }) => path),
    ).toEqual([text("g", "h"), text("g", "h", "e"), text("g", "h", "e", "f")]);
    // Back again, with listings in between: the order must not keep what has moved.
    expect((await move("folder", text("g", "h"), text("d"))).status).toBe(200);
    expect(
      service
        .explorer("demo")
        .list(DESTINATION)
        .map(({ name }) => name),
    ).toEqual(["b", "d", "e", "f", "g"]);
  });

  test("is refused onto what exists, into itself, to nowhere and from nowhere", async () => {
    service.explorer("demo").put(inDestination("d", "e"), "x");
    service.explorer("demo").put(inDestination("f"), "x");
    expect(json(await move("file", text("f"), text("d", "e"))).code).toBe("name-taken");
    expect(json(await move("folder", text("d"), text("d", "x"))).code).toBe("invalid-path");
    expect(json(await move("file", text("f"), text("none", "f"))).code).toBe("parent-missing");
    expect(json(await move("file", text("none"), text("x"))).code).toBe("not-found");
    expect(json(await move("file", text("f"), text("a:b"))).code).toBe("forbidden-name");
    expect(json(await move("file", text("f"), "x/y")).code).toBe("access-refused");
    expect(json(await move("file", "", text("x"))).code).toBe("invalid-request");
    expect((await move("file", text("f"), text("f"))).status).toBe(200);
  });

  test("is refused when a path in the folder would become too long", async () => {
    const deep = Array.from({ length: 60 }, () => "x".repeat(200));
    service.explorer("demo").put([...inDestination("d"), ...deep, "f"], "x");
    const long = Array.from({ length: 30 }, () => "y".repeat(200));
    service.explorer("demo").createFolder(inDestination(...long));
    expect(json(await move("folder", text("d"), text(...long, "d"))).code).toBe("invalid-path");
  });
});
