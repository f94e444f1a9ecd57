import { fileURLToPath } from "node:url";
import { join } from "node:path";

import { expect, test } from "vitest";

import { Equivalents } from "./equivalents.ts";
import { instrument } from "./instrument.ts";
import { mutatedFiles } from "./mutated-files.ts";

const PROJECT = fileURLToPath(new URL("../../", import.meta.url));

test("every mutant that is listed as equivalent is one that is made", async () => {
  const list = Equivalents.read(join(PROJECT, "fixtures/mutation/equivalent.yaml"));
  const named = list.files();
  const { mutants } = await instrument(
    PROJECT,
    mutatedFiles(PROJECT).filter((file) => named.has(file)),
  );

  expect(list.idle(mutants)).toEqual([]);
});
