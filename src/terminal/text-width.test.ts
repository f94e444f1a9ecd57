import * as fc from "fast-check";
import stringWidth from "string-width";
import { describe, expect, test } from "vitest";

import { fitToWidth, padToWidth, textWidth } from "./text-width.ts";

const letters = fc.constantFrom(...Array.from("a ~…█あー漢（\u3000ﾊが/"), "👍", "か\u3099");

describe("the width", () => {
  test("is what string-width says, on the quick path as well", () => {
    fc.assert(
      fc.property(fc.string({ unit: letters }), (text) => {
        expect(textWidth(text)).toBe(stringWidth(text));
      }),
    );
  });

  test.each([
    ["資料", 4],
    ["か\u3099", 2],
    ["ﾃｽﾄ", 3],
    ["e\u0301", 1],
  ])("of %s is %d", (text, width) => {
    expect(textWidth(text)).toBe(width);
  });
});

describe("fitting", () => {
  test("pads by columns, not by letters", () => {
    expect(padToWidth("資料", 6, "left")).toBe("資料  ");
    expect(padToWidth("資料", 6, "right")).toBe("  資料");
  });

  test("keeps the end of what does not fit", () => {
    fc.assert(
      fc.property(fc.string({ unit: letters }), fc.integer({ min: 2, max: 20 }), (text, width) => {
        const fitted = fitToWidth(text, width);

        expect(textWidth(fitted)).toBeLessThanOrEqual(width);
        expect(fitted === text || text.endsWith(fitted.slice(1))).toBe(true);
      }),
    );
  });

  test("keeps a mark with the letter it is on", () => {
    expect(fitToWidth("か\u3099か\u3099か\u3099", 5)).toBe("…か\u3099か\u3099");
  });
});
