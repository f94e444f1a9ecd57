import { expect, test } from "vitest";

import { runTorture } from "../torture/run-torture.ts";

/** As many as there is time for here; `make torture` does ten times as many. */
const KILLS = 20;

test("keeps every promise through kill -9 at any moment, and a calm run heals the rest", async () => {
  const { turns, unhealed } = await runTorture({ seed: 20_261_122, kills: KILLS });

  const broken = turns.filter(({ breaches }) => breaches.length > 0);
  expect(broken).toEqual([]);
  expect(unhealed).toEqual([]);
  const kinds = new Set(turns.filter(({ wasKilled }) => wasKilled).map(({ kind }) => kind));
  expect(kinds).toEqual(new Set(["backup", "restore", "delete", "settings"]));
});
