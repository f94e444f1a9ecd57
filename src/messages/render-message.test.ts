import { describe, expect, test } from "vitest";

import { isMessage, message } from "./message.ts";
import { reasonOf } from "./reason-of.ts";
import { renderMessage } from "./render-message.ts";

describe("a message", () => {
  test("is a sentence in either language, and so are the messages in it", () => {
    const said = message("exchange.failed", {
      what: message("exchange.fetching", { path: "area/a.txt" }),
      why: message("exchange.timeout"),
    });

    expect(renderMessage(said, "en")).toBe(
      "fetching area/a.txt: the service did not answer in time",
    );
    expect(renderMessage(said, "ja")).toBe(
      "area/a.txt の取得: サービスが時間内に応答しませんでした",
    );
  });

  test("shows numbers as its text asks for", () => {
    const said = message("run.out-of-memory", { usedBytes: 1536, budgetBytes: 1024 });

    expect(renderMessage(said, "en")).toContain("1.5KB");
  });

  test("shows what is no letter in a name escaped, and takes no brace in it for a param", () => {
    const said = message("exchange.looking", { path: "{path}\u001b[2J" });

    expect(renderMessage(said, "en")).toBe("looking for {path}\\u{1b}[2J");
  });

  test("keeps the line breaks of a text of several lines, and nothing else that moves a cursor", () => {
    const said = message("checked-run.threw", { detail: "Error: x\u001b[2J\n    at y" });

    expect(renderMessage(said, "ja")).toBe("Error: x\\u{1b}[2J\n    at y");
  });

  test("lists several as its language does", () => {
    const said = message("run.unforeseen", { why: ["a", message("system.EIO")] });

    expect(renderMessage(said, "en")).toBe("unforeseen: a, the disk failed");
    expect(renderMessage(said, "ja")).toBe("予期しないエラー: a、ディスクのエラーです");
  });

  test("from outside is one when its code is known", () => {
    expect(isMessage(structuredClone(message("system.EIO")))).toBe(true);
    for (const value of [null, "x", {}, { code: "system.EIO" }, { code: "toString", params: {} }]) {
      expect(isMessage(value)).toBe(false);
    }
  });
});

describe("the reason of an error", () => {
  test("is what its code means, and never its text", () => {
    const errors = [
      Object.assign(new Error("secret"), { code: "EACCES" }),
      Object.assign(new Error("secret"), { code: "E_STRANGE" }),
      new TypeError("secret"),
      "secret",
    ];

    expect(errors.map((error) => renderMessage(reasonOf(error), "en"))).toEqual([
      "permission denied",
      "the system says E_STRANGE",
      "an error within the program (TypeError)",
      "an error within the program (Error)",
    ]);
  });
});
