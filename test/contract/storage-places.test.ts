import { beforeEach, describe, expect, test } from "vitest";

import { parsePlaceTag } from "../../src/protocol/http/place-tag.ts";
import type { StorageService } from "../../src/sim-server/storage/service/storage-service.ts";
import {
  DESTINATION,
  digestOf,
  fileUrl,
  folderUrl,
  inDestination,
  json,
  makeService,
  StorageClient,
  type Answer,
} from "./storage-client.ts";

let service: StorageService;
let client: StorageClient;

beforeEach(async () => {
  service = makeService();
  client = await StorageClient.loggedIn(service);
  await client.putFolder(DESTINATION);
});

/** The tag of the destination as a header field of requests. */
async function here(at: StorageClient = client): Promise<Record<string, string>> {
  const { headers } = await at.call("headFolder", "HEAD", folderUrl(DESTINATION));
  return { "azukeru-if-place": headers["azukeru-place"] ?? "" };
}

function codeOf(answer: Answer): unknown {
  return json(answer).code;
}

describe("a request that names the folder it means", () => {
  test("is carried out in that folder, under whatever name, and told how far the service has come", async () => {
    const place = await here();

    const put = await client.put(inDestination("a.txt"), "one", place);

    expect(put.status).toBe(201);
    const [before, after] = [place["azukeru-if-place"], put.headers["azukeru-place"]].map((tag) =>
      parsePlaceTag(tag ?? ""),
    );
    expect(after).toMatchObject({ folderId: before?.folderId, timeline: before?.timeline });
    expect(after?.revision).toBeGreaterThan(before?.revision ?? 0);
    expect((await client.get(inDestination("a.txt"), place)).status).toBe(200);
    service.explorer("demo").rename("folder", DESTINATION, [...DESTINATION.slice(0, -1), "moved"]);
    const moved = [...DESTINATION.slice(0, -1), "moved", "a.txt"];
    expect((await client.get(moved, place)).status).toBe(200);
  });

  test("is refused once the folder is gone, and in another one of its name", async () => {
    const place = await here();
    service.explorer("demo").delete("folder", DESTINATION);

    expect(codeOf(await client.put(inDestination("a.txt"), "one", place))).toBe("folder-changed");
    await client.putFolder(DESTINATION);

    expect(codeOf(await client.put(inDestination("a.txt"), "one", place))).toBe("folder-changed");
    const listing = await client.call("getFolder", "GET", folderUrl(DESTINATION), {
      headers: place,
    });
    expect(codeOf(listing)).toBe("folder-changed");
    await client.put(inDestination("theirs"), "two");
    const deletion = await client.call("deleteFile", "DELETE", fileUrl(inDestination("theirs")), {
      headers: place,
    });
    expect(codeOf(deletion)).toBe("folder-changed");
    const head = await client.call("headFolder", "HEAD", folderUrl(DESTINATION), {
      headers: place,
    });
    expect(head.status).toBe(412);
    expect((await here())["azukeru-if-place"]).not.toBe(place["azukeru-if-place"]);
  });

  test("is refused when its upload ends in a folder that is another one by now", async () => {
    const place = await here();
    const query = new URLSearchParams({
      path: inDestination("large").join("/"),
      modifiedAtNs: "1000",
    });
    const created = await client.call("createUpload", "POST", `/v1/uploads?${query.toString()}`, {
      headers: { "upload-complete": "?0", ...place },
    });
    service.explorer("demo").delete("folder", DESTINATION);
    await client.putFolder(DESTINATION);

    const appended = await client.call("appendUpload", "PATCH", created.headers.location ?? "", {
      headers: {
        "content-type": "application/partial-upload",
        "upload-offset": "0",
        "upload-complete": "?1",
        "repr-digest": digestOf("all of it"),
      },
      body: "all of it",
    });

    expect(codeOf(appended)).toBe("folder-changed");
    expect(service.explorer("demo").list(DESTINATION)).toEqual([]);
  });

  test("is refused when its upload begins in a folder that is another one by now", async () => {
    const place = await here();
    service.explorer("demo").delete("folder", DESTINATION);
    await client.putFolder(DESTINATION);
    const path = inDestination("large").join("/");
    const query = new URLSearchParams({ path, modifiedAtNs: "1000" });

    const created = await client.call("createUpload", "POST", `/v1/uploads?${query.toString()}`, {
      headers: { "upload-complete": "?0", ...place },
    });

    expect(codeOf(created)).toBe("folder-changed");
  });

  test("is refused once the service was put back to a state before what its sender knows", async () => {
    const older = service.snapshot();
    await client.put(inDestination("a.txt"), "one");
    const place = await here();
    const newest = service.snapshot();

    service.restore(newest);
    expect((await client.get(inDestination("a.txt"), place)).status).toBe(200);
    service.restore(older);
    expect(codeOf(await client.put(inDestination("b.txt"), "one", place))).toBe("state-changed");

    // Others go on from there; what was lost stays lost.
    for (const name of ["c", "d", "e"]) await client.put(inDestination(name), name);
    expect(codeOf(await client.put(inDestination("b.txt"), "one", place))).toBe("state-changed");
    expect((await client.put(inDestination("b.txt"), "one", await here())).status).toBe(201);
  });

  test("is refused by a service that lost its data, by another service and in another contract", async () => {
    const place = await here();
    service.reset();
    await client.login("demo", "correct");
    await client.putFolder(DESTINATION);
    const refused = await client.put(inDestination("a.txt"), "one", place);
    expect(["folder-changed", "state-changed"]).toContain(codeOf(refused));

    const other = makeService({
      accounts: [
        { loginId: "demo", password: "correct" },
        { loginId: "other", password: "correct" },
      ],
    });
    for (const loginId of ["demo", "other"]) {
      const stranger = await StorageClient.loggedIn(other, loginId);
      await stranger.putFolder(DESTINATION);
      expect((await stranger.put(inDestination("a.txt"), "one", place)).status).toBe(412);
      expect((await stranger.put(inDestination("a.txt"), "one", await here(stranger))).status).toBe(
        201,
      );
    }
  });

  test("has to name one", async () => {
    const answer = await client.put(inDestination("a.txt"), "one", { "azukeru-if-place": "d1" });

    expect([answer.status, codeOf(answer)]).toEqual([400, "invalid-request"]);
  });
});

test("a snapshot of a service that was put back is the snapshot it was put back to", async () => {
  await client.put(inDestination("a.txt"), "one");
  const snapshot = service.snapshot();
  const other = makeService();

  other.restore(snapshot);

  expect(other.snapshot()).toEqual(snapshot);
});
