import type { z } from "zod";

import type { outputLineSchema } from "./output-schema.ts";
import { OUTPUT_SCHEMA } from "./output-schema-name.ts";

/** One line of JSON output. */
export type OutputLine = z.infer<typeof outputLineSchema>;

/** The line of one type. */
export type LineOf<Type extends OutputLine["type"]> = Extract<OutputLine, { type: Type }>;

/** The members of one type of line that its producer gives. */
export type LineMembers<Type extends OutputLine["type"]> = Omit<LineOf<Type>, "schema" | "type">;

/** Builds a line. */
export function outputLine<Type extends OutputLine["type"]>(
  type: Type,
  members: LineMembers<Type>,
): LineOf<Type> {
  return { schema: OUTPUT_SCHEMA, type, ...members } as unknown as LineOf<Type>;
}
