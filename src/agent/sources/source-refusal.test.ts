import { describe, expect, test } from "vitest";
import { sourceRefusal, uniqueSourceName, type SourceCandidate } from "./source-refusal.ts";
import { renderMessage } from "../../messages/render-message.ts";

/** `/data/docs` beside the agent's `/home/agent`; folders are identified by a letter. */
function candidate(given: Partial<SourceCandidate> = {}): SourceCandidate {
  return {
    folder: { path: "/data/docs", fileId: "docs" },
    name: "docs",
    lineIds: ["data", "root"],
    sources: [],
    sourceLineIds: new Map(),
    home: { path: "/home/agent", fileId: "agent" },
    homeLineIds: ["home", "root"],
    ...given,
  };
}

describe("a folder", () => {
  test("beside the other sources and the agent's own can become a source", () => {
    const pictures = { path: "/data/pictures", fileId: "pictures" };
    const sourceLineIds = new Map([["/data/pictures", ["data", "root"]]]);

    expect(sourceRefusal(candidate())).toBeUndefined();
    expect(sourceRefusal(candidate({ sources: [pictures], sourceLineIds }))).toBeUndefined();
  });

  test.each([
    ["is a source already", { sources: [{ path: "/data/docs", fileId: "docs" }] }],
    ["is a source already", { sources: [{ path: "/data/DOCS", fileId: "docs" }] }],
    ["is a source already", { sources: [{ path: "/data/docs", fileId: null }] }],
    ["is inside the source /data", { sources: [{ path: "/data", fileId: "data" }] }],
    ["is inside the source /DATA", { sources: [{ path: "/DATA", fileId: "data" }] }],
    [
      "is inside /data/docs; remove it first",
      {
        sources: [{ path: "/data/docs/2026", fileId: "2026" }],
        sourceLineIds: new Map([["/data/docs/2026", ["docs", "data", "root"]]]),
      },
    ],
    ["is or holds the agent's own folder", { home: { path: "/data/DOCS", fileId: "docs" } }],
    ["is or holds the agent's own folder", { home: { path: "/data", fileId: "data" } }],
    ["is or holds the agent's own folder", { homeLineIds: ["docs", "data", "root"] }],
    ["has no name of its own", { name: "" }],
    ["holds a character the service does not take", { name: "a:b" }],
    ["begins with a full stop", { name: ".config" }],
  ])("is refused because it %s", (reason, given) => {
    const refusal = sourceRefusal(candidate(given));

    expect(refusal && renderMessage(refusal, "en")).toContain(reason);
  });
});

test("a second source of one name gets a number of its own", () => {
  const taken = new Set(["docs", "docs (2)"]);

  expect(uniqueSourceName("docs", taken)).toBe("docs (3)");
  expect(uniqueSourceName("Docs", taken)).toBe("Docs");
});
