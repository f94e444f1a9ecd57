import { formatCount } from "../../../terminal/format-bytes.ts";
import type { Page } from "../../state/records.ts";
import { lineKind, type LineMembers } from "../output/line-kind.ts";
import type { Output } from "../output/output.ts";
import { pick } from "../output/pick.ts";

/** The end of a list. */
export const PAGE_LINE = lineKind(
  "page",
  "Follows the rows of a list and says what was left.",
  ({ z, identifier, count }) => ({
    list: z.enum(["jobs", "files", "entries"]),
    jobId: identifier.nullable().describe("The job whose files were listed."),
    page: identifier,
    pageCount: count.nullable().describe("Null for entries: the service does not say."),
    rowCount: count.nullable().describe("Rows of all pages together; null likewise."),
    previousPage: identifier.nullable(),
    nextPage: identifier.nullable(),
  }),
);

/** The members of a `page` line below jobs or their files. */
export function pageMembers(
  list: "jobs" | "files",
  jobId: number | null,
  page: Page<unknown>,
): LineMembers<typeof PAGE_LINE> {
  return { list, jobId, ...pick(page, ["page", "pageCount", "rowCount"]), ...pagesBeside(page) };
}

/** A page beyond the last has the last as its previous one. */
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
 * it. Empty when everything fits on one page that is shown.
 */
export function renderPageHints(page: Page<unknown>, command: string, output: Output): string {
  const beside = pagesBeside(page);
  if (beside.previousPage === null && beside.nextPage === null) return "";
  const rows = formatCount(page.rowCount);
  const position = output.say({
    ja: `${page.page} / ${page.pageCount} ページ (全 ${rows} 件)`,
    en: `Page ${page.page} of ${page.pageCount} (${rows} rows)`,
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
