import type { Message } from "../../../messages/message.ts";
import { CAUSE_IDS, type CauseId } from "../../../protocol/causes/causes.ts";
import type { Language } from "../../../terminal/language.ts";
import { sharedSchema } from "../output/line-kind.ts";
import type { Output } from "../output/output.ts";
import { renderMessage } from "../../../messages/render-message.ts";
import { causeSentences, type CauseSentences } from "../../../protocol/causes/cause-sentences.ts";
import { printable } from "../../../messages/printable.ts";
import { remedyOf } from "../../../messages/remedy-of.ts";

/** A cause in a line of a job or of one of its files. */
export const causeSchema = sharedSchema(({ z }) =>
  z.strictObject({
    id: z.enum(CAUSE_IDS as [CauseId, ...CauseId[]]),
    cause: z.string().min(1).describe("schema.cause-text"),
    remedy: z.string().min(1).describe("schema.cause-remedy"),
  }),
);

/** Causes with their texts, as the JSON lines have them. */
export function causeMembers(
  causes: readonly CauseId[],
  { jobId, detail }: AboutCauses,
  language: Language,
): { id: CauseId; cause: string; remedy: string }[] {
  return causes.map((id) => ({ id, ...sentencesOf(id, { jobId, detail }, language) }));
}

/** What causes are told of. */
interface AboutCauses {
  /** Absent: of several jobs. */
  readonly jobId?: number | undefined;
  /** What is known of the single case; where it has a remedy of its own, that is told. */
  readonly detail?: Message | null | undefined;
}

function sentencesOf(
  id: CauseId,
  { jobId, detail = null }: AboutCauses,
  language: Language,
): CauseSentences {
  const told = causeSentences(id, { language, surface: "command", jobId });
  const remedy = remedyOf(detail);
  return remedy === undefined || detail === null
    ? told
    : { cause: renderMessage(detail, language), remedy: remedy[language] };
}

const TITLES = {
  cause: { ja: "原因", en: "Cause" },
  remedy: { ja: "対処", en: "What to do" },
} as const;

/** Causes with their remedies, most likely first, each indented by `indent`. */
export function renderCauses(
  causes: readonly CauseId[],
  about: AboutCauses,
  { language, paint }: Output,
  indent = "  ",
): string {
  return causes
    .map((id) => {
      const { cause, remedy } = sentencesOf(id, about, language);
      return (
        `${indent}${TITLES.cause[language]}: ${cause} ${paint("quiet", `[${id}]`)}\n` +
        `${indent}${TITLES.remedy[language]}: ${remedy}`
      );
    })
    .join("\n");
}

/** A row whose causes are told below a table. */
interface NotedRow {
  readonly label: string;
  readonly causes: readonly CauseId[];
  readonly jobId?: number;
  readonly detail?: Message | null;
  /** What happened to the row as a whole, told where it is the same for all rows of a note. */
  readonly reason?: Message | null;
}

/** How many rows a note names. */
const NAMED_ROW_COUNT = 5;

function reasonLines(rows: readonly NotedRow[], output: Output): readonly string[] {
  const texts = new Set(
    // One with a remedy of its own is told as the cause.
    rows.map(({ reason = null }) =>
      reason === null || remedyOf(reason) !== undefined
        ? ""
        : renderMessage(reason, output.language),
    ),
  );
  const [text = ""] = texts;
  return texts.size === 1 && text !== "" ? [`  ${printable(text)}`] : [];
}

/**
 * The causes of many rows, told once for all rows that have the same ones, below the names of these
 * rows. Rows whose status needs nothing done are to be left out by the caller.
 */
export function renderCauseNotes(rows: readonly NotedRow[], output: Output): string {
  const rowsByCauses = Map.groupBy(
    rows.filter(({ causes }) => causes.length > 0),
    ({ causes, detail = null }) =>
      `${causes.join()} ${remedyOf(detail) === undefined ? "" : detail?.code}`,
  );
  return [...rowsByCauses.values()]
    .map((alike) => {
      const labels = alike.slice(0, NAMED_ROW_COUNT).map(({ label }) => label);
      const title = [...labels, ...(alike.length > NAMED_ROW_COUNT ? ["…"] : [])].join(", ");
      const [first] = alike;
      const jobId = alike.every((row) => row.jobId === first?.jobId) ? first?.jobId : undefined;
      const about = { jobId, detail: first?.detail ?? null };
      const causes = renderCauses(first?.causes ?? [], about, output);
      return [output.paint("strong", title), ...reasonLines(alike, output), causes].join("\n");
    })
    .join("\n\n");
}
