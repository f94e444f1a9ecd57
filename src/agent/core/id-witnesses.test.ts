import { describe, expect, test } from "vitest";

import { aStat, anIndexEntry } from "../testing/fixtures.ts";
import { IdWitnesses } from "./id-witnesses.ts";

/** Whether the ids of `disk` can be gone by after known files were found so. */
function speaks(
  ...found: (readonly [Parameters<typeof anIndexEntry>[0], Parameters<typeof aStat>[0]])[]
): boolean {
  const witnesses = new IdWitnesses();
  for (const [known, stat] of found) witnesses.see(anIndexEntry(known), aStat(stat));
  return witnesses.speakFor("disk");
}

const SAME = [{}, {}] as const;

describe("the ids of a device can be gone by", () => {
  test("when a known file is found under the one it had", () => {
    expect(speaks(SAME)).toBe(true);
  });

  test.each([
    ["when nothing known was found there", []],
    ["from an index that has no ids", [[{ fileId: null }, {}]]],
    ["from a file of another device", [[{ deviceId: "other" }, {}]]],
    ["from times that FAT or exFAT keeps", [[{}, { changedAtNs: 2_000_000_000n }]]],
    ["when an unchanged file is another to the disk", [SAME, [{}, { fileId: "disk:2" }]]],
  ] as const)("not %s", (_, found) => {
    expect(speaks(...found)).toBe(false);
  });

  test("also when a file was replaced by its twin", () => {
    expect(speaks(SAME, [{}, { fileId: "disk:2", changedAtNs: 2_001n }])).toBe(true);
  });

  test("never of a device that is not known", () => {
    expect(new IdWitnesses().speakFor(null)).toBe(false);
  });
});
