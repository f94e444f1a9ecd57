import { CAUSE_IDS, CAUSES, type CauseId } from "../../../protocol/causes/causes.ts";
import type { Language } from "../../../terminal/language.ts";
import { sharedSchema } from "../output/line-kind.ts";
import type { Output } from "../output/output.ts";

/** A cause in a line of a job or of one of its files. */
export const causeSchema = sharedSchema(({ z }) =>
  z.strictObject({
    id: z.enum(CAUSE_IDS as [CauseId, ...CauseId[]]),
    cause: z.string().min(1).describe("What happened, for people, in the language of the command."),
    remedy: z.string().min(1).describe("What to do about it, likewise."),
  }),
);

/** Causes with their texts, as the JSON lines have them. */
export function causeMembers(
  causes: readonly CauseId[],
  language: Language,
): { id: CauseId; cause: string; remedy: string }[] {
  return causes.map((id) => ({ id, ...CAUSES[id][language] }));
}

const TITLES = {
  cause: { ja: "原因", en: "Cause" },
  remedy: { ja: "対処", en: "What to do" },
} as const;

/** Causes with their remedies, most likely first, each indented by `indent`. */
export function renderCauses(
  causes: readonly CauseId[],
  { language, paint }: Output,
  indent = "  ",
): string {
  return causes
    .map((id) => {
      const { cause, remedy } = CAUSES[id][language];
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
}

/** How many rows a note names. */
const NAMED_ROW_COUNT = 5;

/**
 * The causes of many rows, told once for all rows that have the same ones, below the names of these
 * rows. Rows whose status needs nothing done are to be left out by the caller.
 */
export function renderCauseNotes(rows: readonly NotedRow[], output: Output): string {
  const rowsByCauses = Map.groupBy(
    rows.filter(({ causes }) => causes.length > 0),
    ({ causes }) => causes.join(),
  );
  return [...rowsByCauses.values()]
    .map((alike) => {
      const labels = alike.slice(0, NAMED_ROW_COUNT).map(({ label }) => label);
      const title = [...labels, ...(alike.length > NAMED_ROW_COUNT ? ["…"] : [])].join(", ");
      return `${output.paint("strong", title)}\n${renderCauses(alike[0]?.causes ?? [], output)}`;
    })
    .join("\n\n");
}
