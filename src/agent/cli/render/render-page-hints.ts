import type { Page } from "../../state/records.ts";
import { formatCount } from "../../../terminal/format-bytes.ts";
import { pageMembers } from "../output/job-line.ts";
import type { Output } from "../output/output.ts";

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
  const beside = pageMembers("jobs", null, page);
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
