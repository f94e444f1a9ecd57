import { formatCount } from "../../../terminal/format-bytes.ts";
import type { Page } from "../../state/records.ts";
import { lineKind, type LineMembers } from "../output/line-kind.ts";
import type { Output } from "../output/output.ts";
import { pick } from "../output/pick.ts";
import { LIMITS } from "../../../protocol/limits.ts";
import { CliError } from "../output/cli-error.ts";
import { message } from "../../../messages/message.ts";

/** The end of a list. */
export const PAGE_LINE = lineKind("page", "schema.line-page", ({ z, identifier, count }) => ({
  list: z.enum(["jobs", "files", "entries"]),
  jobId: identifier.nullable().describe("schema.page-job"),
  page: identifier,
  pageCount: count.nullable().describe("schema.page-count"),
  rowCount: count.nullable().describe("schema.row-count"),
  previousPage: identifier.nullable(),
  nextPage: identifier.nullable(),
}));

/** The members of a `page` line below jobs or their files. */
export function pageMembers(
  list: "jobs" | "files",
  jobId: number | null,
  page: Page<unknown>,
): LineMembers<typeof PAGE_LINE> {
  return { list, jobId, ...pick(page, ["page", "pageCount", "rowCount"]), ...pagesBeside(page) };
}

function pagesBeside({ page, pageCount }: Page<unknown>): PagesBeside {
  return {
    previousPage: page > 1 && pageCount > 0 ? Math.min(page - 1, pageCount) : null,
    nextPage: page < pageCount ? page + 1 : null,
  };
}

/** The pages beside the one that is shown; null where there is none. */
export interface PagesBeside {
  readonly previousPage: number | null;
  readonly nextPage: number | null;
}

/**
 * What stands below a page of a list: which page of how many, and the commands for the ones beside
 * it. Empty when there are none.
 */
export function renderPageHints(page: Page<unknown>, command: string, output: Output): string {
  if (page.rowCount === 0) return "";
  const beside = pagesBeside(page);
  const rows = formatCount(page.rowCount);
  const before = (page.page - 1) * LIMITS.historyPageRowCount;
  const [first, last] = [formatCount(before + 1), formatCount(before + page.rows.length)];
  const position = output.say({
    ja: `${first}~${last}件目を表示(全 ${rows}件)`,
    en: `Rows ${first} to ${last} of ${rows}`,
  });
  return [
    "",
    output.paint("strong", position),
    ...renderPageCommands(beside, command, output),
  ].join("\n");
}

/** The commands for the pages beside the one that is shown, one a line. */
export function renderPageCommands(
  { previousPage, nextPage }: PagesBeside,
  command: string,
  output: Output,
): readonly string[] {
  const hint = (title: string, to: number | null): string[] =>
    to === null ? [] : [`${title}: ${command} --page ${to}`];
  return [
    ...hint(output.say({ ja: "前へ", en: "Previous" }), previousPage),
    ...hint(output.say({ ja: "次へ", en: "Next" }), nextPage),
  ];
}

/** Refuses a page beyond the last one, with the pages there are. Throws `CliError`. */
export function checkPage(page: number, pageCount: number): void {
  const last = Math.max(1, pageCount);
  if (page > last) throw new CliError("no-such-page", message("history.no-page", { page, last }));
}
