import { z } from "zod";

import type { LineKind } from "../output/line-kind.ts";
import { OUTPUT_SCHEMA } from "../output/output-schema-name.ts";
import { SCHEMA_PARTS } from "../output/schema-parts.ts";
import { ACCOUNT_LINE, LOGOUT_LINE } from "./account.ts";
import { CAPACITY_LINE } from "./capacity.ts";
import { DAEMON_LINE } from "./daemon.ts";
import { ENTRY_LINE } from "./entry.ts";
import { ERROR_LINE } from "./error.ts";
import { FILE_LINE } from "./file.ts";
import { GENERATION_LINE } from "./generation.ts";
import { INTERRUPT_LINE } from "./interrupt.ts";
import { JOB_ENDED_LINE, JOB_LINE, JOB_STARTED_LINE, JOB_WAITING_LINE } from "./job/job.ts";
import { MAIL_LINE, MAIL_TRY_LINE } from "./mail.ts";
import { PAGE_LINE } from "./page.ts";
import { PROGRESS_LINE } from "./progress.ts";
import { REPAIR_LINE } from "./repair.ts";
import { REPAIR_SERVICE_LINE } from "./repair-service.ts";
import { SCHEDULE_LINE } from "./schedule.ts";
import { SETTINGS_LINE } from "./settings.ts";
import { SOURCE_LINE } from "./source.ts";
import { SUMMARY_LINE } from "./summary.ts";
import { TASK_LINE } from "./task.ts";
import { WAITING_LINE } from "./waiting.ts";
import { isMessage } from "../../../messages/message.ts";
import { renderMessage } from "../../../messages/render-message.ts";
import type { Language } from "../../../terminal/language.ts";

function schemaOf<Type extends string, Members extends z.core.$ZodLooseShape>({
  type,
  description,
  membersSchema,
}: LineKind<Type, Members>): z.ZodObject<
  { schema: z.ZodLiteral<typeof OUTPUT_SCHEMA>; type: z.ZodLiteral<Type> } & Members,
  z.core.$strict
> {
  const head = { schema: z.literal(OUTPUT_SCHEMA), type: z.literal(type) };
  return z.strictObject({ ...head, ...membersSchema(SCHEMA_PARTS) }).describe(description);
}

/** Any line a command prints with `--json`. */
export const outputLineSchema = z.discriminatedUnion("type", [
  schemaOf(ACCOUNT_LINE),
  schemaOf(LOGOUT_LINE),
  schemaOf(SETTINGS_LINE),
  schemaOf(SOURCE_LINE),
  schemaOf(JOB_LINE),
  schemaOf(JOB_WAITING_LINE),
  schemaOf(JOB_STARTED_LINE),
  schemaOf(JOB_ENDED_LINE),
  schemaOf(PROGRESS_LINE),
  schemaOf(WAITING_LINE),
  schemaOf(FILE_LINE),
  schemaOf(GENERATION_LINE),
  schemaOf(ENTRY_LINE),
  schemaOf(PAGE_LINE),
  schemaOf(SUMMARY_LINE),
  schemaOf(INTERRUPT_LINE),
  schemaOf(TASK_LINE),
  schemaOf(SCHEDULE_LINE),
  schemaOf(DAEMON_LINE),
  schemaOf(MAIL_TRY_LINE),
  schemaOf(CAPACITY_LINE),
  schemaOf(MAIL_LINE),
  schemaOf(REPAIR_LINE),
  schemaOf(REPAIR_SERVICE_LINE),
  schemaOf(ERROR_LINE),
]);

/** One line of JSON output. */
export type OutputLine = z.infer<typeof outputLineSchema>;

/**
 * The JSON Schema (2020-12) of one line of `--json` output, described in a language. It allows members it does not name:
 * later releases may add some without raising the version.
 */
export function outputJsonSchema(language: Language): object {
  return z.toJSONSchema(outputLineSchema, {
    override: ({ jsonSchema }) => {
      delete jsonSchema.additionalProperties;
      const described = { code: jsonSchema.description, params: {} };
      if (isMessage(described)) jsonSchema.description = renderMessage(described, language);
    },
  });
}
