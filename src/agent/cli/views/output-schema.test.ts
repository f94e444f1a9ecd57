import { expect, test } from "vitest";

import { outputJsonSchema } from "./output-schema.ts";

const JAPANESE = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u;

/** Every description anywhere in a JSON Schema. */
function descriptionsIn(schema: unknown): readonly string[] {
  const found: string[] = [];
  JSON.stringify(schema, (key, value: unknown) => {
    if (key === "description" && typeof value === "string") found.push(value);
    return value;
  });
  return found;
}

test("the schema describes every line and member in the language that is asked for", () => {
  const japanese = descriptionsIn(outputJsonSchema("ja"));
  const english = descriptionsIn(outputJsonSchema("en"));

  expect(english.length).toBeGreaterThan(100);
  expect(japanese).toHaveLength(english.length);
  // A description that is no code of a message would come out as it is in both.
  expect(japanese.filter((text) => !JAPANESE.test(text))).toEqual([]);
  expect(english.filter((text) => JAPANESE.test(text) || !text.endsWith("."))).toEqual([]);
});
