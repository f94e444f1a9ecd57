import * as z from "zod";

import { speak } from "../../command-line/process-language.ts";
import type { Violation } from "../checkers/shared/violation.ts";

/** A violation as a line of JSON has it: for programs the code and its params, for people the sentence. */
export const breachLineSchema = z.strictObject({
  law: z.string(),
  code: z.string(),
  /** Names, numbers, or messages in their turn. */
  params: z.record(z.string(), z.unknown()),
  /** In the language of the command that ran it. */
  message: z.string(),
});

/** A violation as a line of JSON has it. */
export function breachLineOf({ invariant, message }: Violation): z.infer<typeof breachLineSchema> {
  const { code, params } = message;
  return { law: invariant, code, params, message: speak(message) };
}
