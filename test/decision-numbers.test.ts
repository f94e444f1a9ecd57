import { globSync, readFileSync } from "node:fs";

import { expect, test } from "vitest";

/** The numbers of the decisions on the product, in the order of their table. */
const NUMBERS = [
  ...readFileSync("docs/product-decisions.md", "utf8").matchAll(/^\| D(\d+) \|/gm),
].map(([, number]) => Number(number));

test("a number stands for one decision on the product, and the table is in their order", () => {
  expect(NUMBERS.length).toBeGreaterThan(20);
  expect(NUMBERS).toEqual([...new Set(NUMBERS)].toSorted((one, other) => one - other));
});

test("a number stands for one decision on the project", () => {
  const numbers = globSync("docs/decisions/*.md").map((file) => /(\d{4})-[^/]*$/.exec(file)?.[1]);
  expect(numbers).not.toContain(undefined);
  expect(numbers).toHaveLength(new Set(numbers).size);
});

test("every decision on the product that is referred to is in the table", () => {
  const files = globSync(["{src,test,docs}/**/*.{ts,md}", "fixtures/**/*.{yaml,patch}", "*.md"]);
  const lost = files.flatMap((file) =>
    [...readFileSync(file, "utf8").matchAll(/\((?:D\d+, )*D(\d+)[,):;]/g)]
      .filter(([, number]) => !NUMBERS.includes(Number(number)))
      .map(([reference]) => `${file}: ${reference}`),
  );
  expect(lost).toEqual([]);
});
