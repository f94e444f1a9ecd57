import { describe, expect, test } from "vitest";

import { parseScenario, ScenarioFileError } from "./read-scenario.ts";

const HEAD = `version: 1
seed: 1
start: 2026-11-24T08:00:00Z
edition: office-anshin
plan: standard
`;

function linesFor(text: string): readonly string[] {
  try {
    parseScenario(HEAD + text, "f.yaml");
  } catch (error) {
    if (error instanceof ScenarioFileError) return error.message.split("\n");
    throw error;
  }
  return [];
}

describe("a scenario file that is none", () => {
  test("is told everything that is wrong, each with line, column, key and what is allowed", () => {
    const lines = linesFor(`zone: Asia/Tokio
disk: window
tre: {}
tree: {}
sources: [/data]
timeline:
  - { do: bakcup }
  - { do: write, path: /data/a }
`);
    const starts = ["f.yaml:6:7: zone: ", "f.yaml:7:7: disk: ", "f.yaml:12:11: timeline.0.do: "];
    for (const start of starts) expect(lines.some((line) => line.startsWith(start))).toBe(true);
    const text = lines.join("\n");
    expect(text).toContain("did you mean Asia/Tokyo?");
    expect(text).toContain("did you mean windows? allowed: windows, macos, linux");
    expect(text).toContain("tre: the key is not known; did you mean tree?");
    expect(text).toContain("did you mean backup?");
    expect(text).toContain("timeline.1.content: is missing; give {");
    expect(lines).toHaveLength(5);
  });

  test("names a fault inside a step by its own place", () => {
    const [line] = linesFor(`zone: Asia/Tokyo
disk: linux
tree: {}
sources: [/data]
timeline:
  - do: backup
    faults:
      storage: [ { kind: rest } ]
`);
    expect(line).toMatch(
      /^f\.yaml:13:\d+: timeline\.0\.faults\.storage\.0\.kind: "rest" .* reset\?/,
    );
  });

  test("names what the simulated disk cannot hold, and sources that are not there", () => {
    const lines = linesFor(`zone: Asia/Tokyo
disk: windows
tree: { "/data/a:b": null }
sources: [/data]
timeline:
  - { do: backup, sources: [1] }
  - { do: rename, path: /data/x, to: "/data/y?" }
`);
    expect(lines.map((line) => line.replace(/^f\.yaml:\d+:\d+: /, ""))).toEqual([
      "tree./data/a:b: a windows disk holds no such name",
      "timeline.0.sources.0: there are 1 sources, counted from 0",
      "timeline.1.to: a windows disk holds no such name",
    ]);
  });

  test("names a plan that the edition does not have, and a slash in a name of Windows", () => {
    const head = HEAD.replace("plan: standard", "plan: pro");
    const rest = "zone: Asia/Tokyo\ndisk: windows\nsources: [/data]\ntimeline: []\ntree: ";
    expect(() => parseScenario(`${head}${rest}{}\n`, "f.yaml")).toThrow(
      /f\.yaml:5:7: plan: .* pro/,
    );
    expect(linesFor(`${rest}{ "/data/a\\\\b": null }\n`)).toEqual([
      expect.stringContaining("a windows disk holds no such name"),
    ]);
  });

  test("names an entry that has the bytes of another one's name, and bytes that Windows has in no name", () => {
    const rest = "zone: Asia/Tokyo\nsources: [/data]\ntimeline: []\n";
    const [one, other] = [
      "{ nameBase64: YQ==, kind: folder }",
      "{ nameBase64: lVw=, kind: folder }",
    ];
    expect(linesFor(`${rest}disk: linux\ntree: { /data/a: null, /data/b: ${one} }\n`)).toEqual([
      expect.stringContaining("has the same name in the same folder as /data/a"),
    ]);
    expect(linesFor(`${rest}disk: linux\ntree: { /data/b: ${other} }\n`)).toEqual([]);
    expect(linesFor(`${rest}disk: windows\ntree: { /data/b: ${other} }\n`)).toEqual([
      expect.stringContaining("a windows disk holds no such name"),
    ]);
  });

  test("is refused with the line where YAML itself is broken", () => {
    expect(linesFor("zone: [\n")[0]).toMatch(/^f\.yaml:\d+:\d+: /);
  });
});
