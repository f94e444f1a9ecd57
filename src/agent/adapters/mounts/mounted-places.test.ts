import { describe, expect, test } from "vitest";

import { MountedPlaces } from "./mounted-places.ts";

const ROOT = "27 1 8:1 / / rw - ext4 /dev/sda1 rw\n";
const BIND = "50 27 8:1 /srv/shared /src/bind rw - ext4 /dev/sda1 rw\n";
const AT_ROOT = "//";
const AT_BIND = "/srv/shared//src/bind";

/** A host whose table and links a test changes. */
class FakeHost {
  text: string | undefined = ROOT;
  links = new Map<string, string>();
  readonly asked: string[] = [];

  table(): string | undefined {
    return this.text;
  }

  async realpath(path: string): Promise<string> {
    this.asked.push(path);
    const [link, to] = [...this.links].find(([one]) => `${path}/`.startsWith(`${one}/`)) ?? [];
    if (link === undefined || to === undefined) return path;
    return to + path.slice(link.length);
  }
}

function placesOf(host: FakeHost): MountedPlaces {
  const places = new MountedPlaces(host);
  places.refresh(true);
  return places;
}

test("a folder and what is in it stand where the table says", async () => {
  const host = new FakeHost();
  host.text = ROOT + BIND;
  const places = placesOf(host);

  expect(await places.of("/src")).toBe(AT_ROOT);
  expect(await places.of("/src/bind")).toBe(AT_BIND);
  expect(await places.of("/src/bind/deep/er")).toBe(AT_BIND);
  expect(await places.of("/")).toBe(AT_ROOT);
});

test("a host without a table tells nothing", async () => {
  const host = new FakeHost();
  host.text = undefined;
  expect(await placesOf(host).of("/src")).toBeUndefined();
});

test("a folder that is not there any more has no place", async () => {
  const host = new FakeHost();
  host.realpath = () => Promise.reject(new Error("ENOENT"));
  expect(await placesOf(host).of("/src")).toBeUndefined();
});

test("a link on the way leads to the mount that is behind it", async () => {
  const host = new FakeHost();
  host.text = ROOT + BIND;
  host.links.set("/home/me", "/src/bind");
  const places = placesOf(host);

  expect(await places.of("/home/me/documents")).toBe(AT_BIND);

  host.links.set("/home/me", "/data");
  places.refresh(true);
  expect(await places.of("/home/me/documents")).toBe(AT_ROOT);
});

describe("a table that changes", () => {
  test("is known from the next refresh on", async () => {
    const host = new FakeHost();
    const places = placesOf(host);
    expect(await places.of("/src/bind")).toBe(AT_ROOT);

    host.text = ROOT + BIND;
    expect(await places.of("/src/bind")).toBe(AT_ROOT);
    places.refresh(false);
    expect(await places.of("/src/bind")).toBe(AT_BIND);

    host.text = ROOT;
    places.refresh(false);
    expect(await places.of("/src/bind")).toBe(AT_ROOT);
  });
});

test("below a folder that was asked for the host is not asked for links", async () => {
  const host = new FakeHost();
  const places = placesOf(host);
  await places.of("/src");
  await places.of("/src/a");
  await places.of("/src/a/b");
  await places.of("/src/a");
  places.refresh(false);
  await places.of("/src/a/c");
  expect(host.asked).toEqual(["/src"]);
});
