import { expect, test } from "vitest";

import { message } from "../../../messages/message.ts";
import { ProblemError } from "./problem-error.ts";

test("a refusal is told in either language, and is the same one by its codes", () => {
  const refusal = new ProblemError("name-taken", message("storage.name-taken", { path: "a/b" }), {
    extensions: { freeBytes: 1 },
  });

  const english = refusal.problemIn("en");
  const japanese = refusal.problemIn("ja");

  expect(english).toMatchObject({
    title: "Something of this name exists already",
    detail: "a/b exists already.",
    detailMessage: { code: "storage.name-taken", params: { path: "a/b" } },
    freeBytes: 1,
  });
  for (const told of [japanese.title, japanese.detail])
    expect(told).toMatch(/[\p{Script=Hiragana}]/u);
  expect({ ...japanese, title: english.title, detail: english.detail }).toEqual(english);
});
