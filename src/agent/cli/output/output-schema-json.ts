import { z } from "zod";

import { outputLineSchema } from "./output-schema.ts";

/**
 * The JSON Schema (2020-12) of one line of `--json` output. It allows members it does not name:
 * later releases may add some without raising the version.
 */
export function outputJsonSchema(): object {
  return z.toJSONSchema(outputLineSchema, {
    override: ({ jsonSchema }) => {
      delete jsonSchema.additionalProperties;
    },
  });
}
