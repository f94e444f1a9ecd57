import { spawnSync } from "node:child_process";
import { globSync } from "node:fs";

import { expect, test } from "vitest";

const LOAD_WITHOUT_ZOD = `
  import { registerHooks } from "node:module";
  registerHooks({
    resolve(specifier, context, next) {
      if (specifier === "zod") throw new Error("zod is wanted by " + context.parentURL);
      return next(specifier, context);
    },
  });
  for (const view of process.argv.slice(1)) await import(view);
`;

test("no view but the published schema loads zod, which would slow every short command", () => {
  const views = globSync("**/*.ts", { cwd: import.meta.dirname })
    .filter((file) => !file.endsWith(".test.ts") && file !== "output-schema.ts")
    .map((file) => `${import.meta.dirname}/${file}`);

  const args = ["--input-type=module", "--eval", LOAD_WITHOUT_ZOD, ...views];
  const { stderr, status } = spawnSync(process.execPath, args, { encoding: "utf8" });

  expect(views.length).toBeGreaterThan(0);
  expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
});
