import { beforeEach, describe, expect, test } from "vitest";

import { listingPageSchema } from "../../src/protocol/http/schemas.ts";
import { formatServicePath } from "../../src/protocol/service-path.ts";
import { HOSTILE_ENTRIES } from "../../src/sim-server/faults/storage-fault.ts";
import type { StorageService } from "../../src/sim-server/storage/service/storage-service.ts";
import {
  DESTINATION,
  digestOf,
  fileUrl,
  folderUrl,
  inDestination,
  makeService,
  StorageClient,
} from "./storage-client.ts";

let service: StorageService;
let client: StorageClient;
const FOLDER = formatServicePath(DESTINATION);
const LISTING = `${folderUrl(DESTINATION)}?recursive=true`;

beforeEach(async () => {
  service = makeService();
  client = await StorageClient.loggedIn(service);
  await client.putFolder(DESTINATION);
  for (const name of ["a", "m", "z"]) {
    service.explorer("demo").put(inDestination(name), `content of ${name}`);
  }
});

async function list(): Promise<{ entries: Record<string, unknown>[]; nextPageToken: unknown }> {
  const { body } = await client.send("GET", LISTING, { headers: { accept: "application/json" } });
  return JSON.parse(body.toString()) as Awaited<ReturnType<typeof list>>;
}

describe("a hostile listing", () => {
  test.each(HOSTILE_ENTRIES)("has what is true and the entry %s, in order", async (entry) => {
    service.faults.add({ kind: "hostile-listing", operation: "getFolder", entries: [entry] });
    const { entries } = await list();
    const paths = entries.map(({ path }) => String(path));
    expect(paths).toHaveLength(4);
    expect(paths).toEqual(paths.toSorted());
    for (const name of ["a", "m", "z"]) expect(paths).toContain(`${FOLDER}/${name}`);
    expect((await list()).entries).toHaveLength(3);
    expect(service.faults.list()[0]?.hitCount).toBe(1);
  });

  test("fits the schema, unless its kind is one nobody knows", async () => {
    service.faults.add({
      kind: "hostile-listing",
      entries: HOSTILE_ENTRIES.filter((entry) => entry !== "symlink"),
    });
    expect(listingPageSchema.safeParse(await list()).success).toBe(true);
    service.faults.add({ kind: "hostile-listing", entries: ["symlink"] });
    expect(listingPageSchema.safeParse(await list()).success).toBe(false);
  });

  test("is answered for with a false file, even under a path the service refuses", async () => {
    service.faults.add({ kind: "false-file", operation: "getFile", path: "**/../../outside" });
    const url = `${fileUrl(DESTINATION)}/../../outside`;
    const { status, headers, body } = await client.send("GET", url);
    expect(status).toBe(200);
    expect(headers["repr-digest"]).toBe(digestOf(body.toString()));
  });
});

test("an endless listing gives the same page again and says that another one follows", async () => {
  service.faults.add({ kind: "endless-listing", operation: "getFolder", times: "forever" });
  const first = await list();
  const next = `${LISTING}&pageToken=${String(first.nextPageToken)}`;
  const { body } = await client.send("GET", next, { headers: { accept: "application/json" } });
  expect(JSON.parse(body.toString())).toEqual(first);
});

test("a reset within the body lets so many bytes through", async () => {
  service.faults.add({ kind: "reset-response", operation: "getFile", afterBytes: 3 });
  const request = client.send("GET", fileUrl(inDestination("a")));
  await expect(request).rejects.toThrow(/aborted|ECONNRESET|hang up/);
  expect(service.requestLog.find({ operationId: "getFile" })[0]?.outcome).toBe("reset");
});

test("a resealed answer has a Content-Digest that fits what is spoilt", async () => {
  service.faults.add({ kind: "corrupt-response", operation: "getFile", resealed: true });
  const { headers, body } = await client.send("GET", fileUrl(inDestination("a")));
  expect(headers["content-digest"]).toBe(digestOf(body.toString()));
  expect(headers["repr-digest"]).toBe(digestOf("content of a"));
  expect(body.toString()).not.toBe("content of a");
});
