import type { Page } from "../../state/records.ts";
import { formatCount } from "./format-bytes.ts";
import { pageMembers } from "../output/job-line.ts";
import type { Output } from "../output/output.ts";

/**
 * What stands below a page of a list: which page of how many, and the commands for the ones beside
 * it. Empty when everything fits on one page that is shown.
 */
export function renderPageHints(page: Page<unknown>, command: string, output: Output): string {
  const { previousPage, nextPage } = pageMembers("jobs", null, page);
  if (previousPage === null && nextPage === null) return "";
  const rows = formatCount(page.rowCount);
  const position = output.say({
    ja: `${page.page} / ${page.pageCount} ページ (全 ${rows} 件)`,
    en: `Page ${page.page} of ${page.pageCount} (${rows} rows)`,
  });
  const hint = (title: string, to: number | null): string[] =>
    to === null ? [] : [`${title}: ${command} --page ${to}`];
  return [
    "",
    output.paint("strong", position),
    ...hint(output.say({ ja: "前へ", en: "Previous" }), previousPage),
    ...hint(output.say({ ja: "次へ", en: "Next" }), nextPage),
  ].join("\n");
}
